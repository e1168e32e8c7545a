import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Changes } from '../../../../client/app/journey/changes.ts'
import { Results } from '../../../../client/app/journey/results.ts'
import type { FacedSubject, WithPhoto } from '../../../../client/app/journey/state.ts'
import { Store } from '../../../../client/app/journey/store.ts'
import { subjectOf } from '../../../../client/app/journey/subject.ts'
import { Turns } from '../../../../client/app/journey/turns.ts'
import type { Result } from '../../../../client/app/result.ts'
import type { Sharings } from '../../../../client/app/sharing/sharings.ts'
import { Shelf } from '../../../../client/app/shelf/shelf.ts'
import type { Card, ShelvedFace } from '../../../../client/app/shelf/shelved-face.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import { face, photo, resultOfRun, settled } from '../journey/fakes.ts'

/** Stands in for records.ts: a disk that can be full or closed. */
const disk = vi.hoisted(() => {
  const faces = new Map<string, { card: Card; face: ShelvedFace; photo: unknown }>()
  const fault = { name: null as string | null }
  const write = () => {
    if (fault.name) throw new DOMException('', fault.name)
  }
  return {
    faces,
    fault,
    records: {
      async cards() {
        return structuredClone([...faces.values()].map(({ card }) => card))
      },
      async face(id: string) {
        return faces.get(id) ?? null
      },
      async putFace(card: Card, face: ShelvedFace, isNew: boolean) {
        write()
        if (faces.has(card.id) || isNew) faces.set(card.id, { card: { ...card }, face, photo: null })
      },
      async changeCard(id: string, change: Partial<Card>) {
        write()
        Object.assign(faces.get(id)!.card, change)
      },
      async take(id: string) {
        const taken = faces.get(id)
        faces.delete(id)
        return taken ? [[id, taken]] : []
      },
      async putBack(taken: [string, never][]) {
        write()
        for (const [id, value] of taken) faces.set(id, value)
      },
      async putPhoto(id: string, photo: { file: Blob }, until: number) {
        write()
        const kept = faces.get(id)!
        Object.assign(kept, { photo })
        kept.card.photo = { bytes: photo.file.size, until }
      },
      async removeAll() {
        faces.clear()
      },
    },
  }
})
vi.mock('../../../../client/app/shelf/records.ts', () => disk.records)
vi.mock('../../../../client/app/shelf/thumbnail.ts', () => ({ thumbnail: async () => 'data:picture' }))

let store: Store
let shelf: Shelf
let changes: Changes
const cards = () => store.state.shelf.cards

beforeEach(() => {
  disk.faces.clear()
  disk.fault.name = null
  store = new Store()
  const turns = new Turns(store)
  changes = new Changes(store)
  shelf = new Shelf(store, turns, new Results(store, turns, {} as Sharings, changes), changes)
})

/** A result of a photo, at once or optimised. */
function finished(optimised = false): Result {
  const result = resultOfRun()
  return { ...result, cover: 'face', refined: { ...result.refined, optimised } }
}

function subjectWith(results: Result[], name = 'me.png'): WithPhoto<FacedSubject> {
  const file = photo(name)
  const opened = { name, file, original: file, turns: 0, source: 'file' as const, width: 1, height: 1 }
  return { ...subjectOf(opened), faces: { all: [face], chosen: face }, results }
}

async function keep(subject = subjectWith([finished()])) {
  shelf.keep(subject)
  for (let i = 0; i < 5; i++) await settled()
  return subject.results.at(-1)!
}

test('a finished face is kept with a name, a date and a picture, and without its photo', async () => {
  const result = await keep()
  expect(cards()).toEqual([
    expect.objectContaining({ name: 'me', thumbnail: 'data:picture', photo: null, id: shelf.idOf(result) }),
  ])
  expect(disk.faces.get(shelf.idOf(result)!)).toMatchObject({ face: { result }, photo: null })
  expect(Date.now() - cards()[0].date).toBeLessThan(5000)
})

test('a result that took no step gives its place to the next of the same face; one that did keeps it', async () => {
  const subject = subjectWith([finished()])
  const first = await keep(subject)
  const id = shelf.idOf(first)!
  await shelf.rename(id, 'Ann')
  const second = await keep({ ...subject, results: [finished(true)] })
  expect([shelf.idOf(first), shelf.idOf(second)]).toEqual([null, id])
  const third = await keep({ ...subject, results: [second, finished(true)] })
  expect(shelf.idOf(third)).not.toBe(id)
  expect(cards()).toHaveLength(2)
})

test('what changes of a result is kept, unless its face was deleted', async () => {
  const result = await keep()
  result.cover = 'head'
  shelf.remember(result, { link: 'https://x.example' } as Result['shared'])
  await settled()
  expect(disk.faces.get(shelf.idOf(result)!)!.face.result.shared?.link).toBe('https://x.example')
  await shelf.delete(shelf.idOf(result)!)
  shelf.keepChanged(result)
  for (let i = 0; i < 5; i++) await settled()
  expect(cards()).toEqual([])
})

test('opened without its photo a face is shown; with the photo ticked it comes back with it', async () => {
  const subject = subjectWith([finished()])
  const result = await keep(subject)
  const id = shelf.idOf(result)!
  await shelf.open(id)
  expect(store.at('result')!.subject).toMatchObject({ photo: null, results: [result] })
  await shelf.keepPhoto(subject, result, true)
  expect(shelf.cardOf(result)!.photo).toMatchObject({ bytes: subject.photo.file.size })
  store.set({ stage: { name: 'photo', behind: null } })
  await shelf.open(id)
  expect(store.at('result')!.subject.photo).toMatchObject({ name: 'me.png', file: subject.photo.file })
})

test('a face that another tab has deleted is missed in a sentence', async () => {
  const id = shelf.idOf(await keep())!
  disk.faces.clear()
  await shelf.open(id)
  expect(store.state).toMatchObject({ notice: texts().shelf.gone, work: null, stage: { name: 'photo' } })
  expect(cards()).toEqual([])
})

test('a face that is deleted can be put back, with its name', async () => {
  const id = shelf.idOf(await keep())!
  await shelf.rename(id, 'Ann')
  await shelf.delete(id)
  expect([cards(), store.state.shelf.deleted]).toEqual([[], 'Ann'])
  await shelf.putBack()
  expect([cards()[0].name, store.state.shelf.deleted]).toEqual(['Ann', null])
})

test('a name and a deletion are undone in turn, a name is given again; what is put back is no change', async () => {
  const id = shelf.idOf(await keep())!
  const name = () => cards()[0]?.name
  await shelf.rename(id, 'Ann')
  expect(store.state.shelf.renamed).toEqual({ from: 'me', to: 'Ann' })
  await shelf.delete(id)
  expect(store.state.shelf.renamed).toBeNull()
  const go = async (way: 'undo' | 'redo') => {
    const isDone = changes[way]()
    for (let i = 0; i < 3; i++) await settled()
    return isDone
  }
  expect([await go('undo'), name()]).toEqual([true, 'Ann'])
  expect(store.state.notice).toBe(texts().undo.undone(texts().undo.changes.deletion))
  expect([await go('undo'), name()]).toEqual([true, 'me'])
  expect([await go('undo'), name()]).toEqual([false, 'me'])
  expect([await go('redo'), name()]).toEqual([true, 'Ann'])
  expect(await go('redo')).toBe(false)
  await shelf.delete(id)
  await shelf.putBack()
  expect([await go('undo'), name()]).toEqual([true, 'me'])
})

describe('on a full disk', () => {
  beforeEach(() => {
    disk.fault.name = 'QuotaExceededError'
  })

  test('a face lasts as long as the page, says so, and is kept once there is room', async () => {
    const result = await keep()
    expect(cards()).toEqual([expect.objectContaining({ name: 'me', unkept: 'full' })])
    await shelf.open(shelf.idOf(result)!)
    expect(store.at('result')!.result).toBe(result)
    expect(store.at('result')!.subject.photo).not.toBeNull()
    disk.fault.name = null
    const other = await keep(subjectWith([finished()], 'other.png'))
    store.set({ stage: { name: 'photo', behind: null } })
    await shelf.delete(shelf.idOf(other)!)
    for (let i = 0; i < 5; i++) await settled()
    expect(cards().map(({ name, unkept }) => [name, unkept])).toEqual([['me', undefined]])
    expect([...disk.faces.keys()]).toEqual([shelf.idOf(result)])
  })

  test('what was kept before stays as it was, and a change that fails is a sentence', async () => {
    disk.fault.name = null
    const subject = subjectWith([finished()])
    const result = await keep(subject)
    const id = shelf.idOf(result)!
    disk.fault.name = 'QuotaExceededError'
    await shelf.keepPhoto(subject, result, true)
    expect(store.state.error?.words).toBe(texts().shelf.unchanged.full)
    expect(shelf.cardOf(result)!.photo).toBeNull()
    await shelf.rename(id, 'Ann')
    expect(cards()[0].name).toBe('me')
    expect([store.state.shelf.renamed, changes.undo()]).toEqual([null, false])
  })
})

test('where the browser keeps nothing a face lasts as long as the page', async () => {
  disk.fault.name = 'SecurityError'
  await keep()
  expect(cards()).toEqual([expect.objectContaining({ unkept: 'closed' })])
})

test('everything is removed, also what could not be kept and what lies behind the first screen', async () => {
  const subject = subjectWith([finished()])
  await keep(subject)
  disk.fault.name = 'QuotaExceededError'
  await keep(subjectWith([finished()], 'other.png'))
  store.set({ stage: { name: 'photo', behind: subject } })
  await shelf.empty()
  expect(cards()).toEqual([])
  expect(disk.faces.size).toBe(0)
  expect(store.at('photo')!.behind).toBeNull()
})
