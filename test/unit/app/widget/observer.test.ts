import { expect, test, vi } from 'vitest'
import type {
  FacedSubject,
  ResultStage,
  Run,
  Stage,
  WithPhoto,
} from '../../../../client/app/journey/state.ts'
import { Store } from '../../../../client/app/journey/store.ts'
import type { SeenHead } from '../../../../client/app/messages.ts'
import type { Result } from '../../../../client/app/result.ts'
import { observer } from '../../../../client/app/widget/observer.ts'
import type { News } from '../../../../client/app/widget/protocol.ts'
import { resultOfRun, settled } from '../journey/fakes.ts'

const subject = { shown: null, results: [] } as unknown as WithPhoto<FacedSubject>
const run: Run = { paused: false, runsOn: null, progress: null, secondsLeft: 12, late: false }
const refining: Stage = { name: 'refining', subject, before: null, shown: null, face: null, run, view: null }

const makeHead = vi.fn(async () => headFiles)

function watched() {
  const store = new Store()
  const told: News[] = []
  store.subscribe(observer(store.state, (news) => told.push(news), makeHead))
  return { store, told }
}

test('where the page is and how far, each time that it changes', () => {
  const { store, told } = watched()
  store.set({ notice: 'Look.' })
  store.set({ transfer: { loaded: 1, total: 4, share: 0.25 } })
  store.set({ stage: refining, transfer: null })
  store.set({ notice: null })
  expect(told).toEqual([
    { type: 'progress', stage: 'photo', fraction: 0.25, secondsLeft: null },
    { type: 'progress', stage: 'refining', fraction: null, secondsLeft: 12 },
  ])
})

test('an error says whether the photo or the refinement failed', () => {
  const { store, told } = watched()
  const errors = () => told.filter(({ type }) => type === 'error')
  store.set({ error: { words: 'No face.', fault: 'no-face' } })
  store.set({ motion: false })
  store.set({ stage: refining, error: null })
  const found: Stage = { name: 'found', subject, seen: null }
  store.set({ stage: found, error: { words: 'It diverged.', fault: 'diverged' } })
  expect(errors()).toEqual([
    { type: 'error', code: 'photo', message: 'No face.' },
    { type: 'error', code: 'refinement', message: 'It diverged.' },
  ])
})

const glb = new Blob(['g'])
const files = { glb, png: new Blob(['p']), sampled: glb, record: new Blob(['{"preset":"draft"}']) }
const told = { type: 'result', glb, texture: files.png, record: { preset: 'draft' } }
const head = { record: '{"preset":"draft"}' } as SeenHead
const faceOnly = { ...told, head: null, headTexture: null }
const headFiles = { glb: new Blob(['head']), png: new Blob(['skin']) }
const withHead = { ...told, head: headFiles.glb, headTexture: headFiles.png }

/** A result that is shown, and what the host page hears of results. */
function shown(change: Partial<Result> = {}) {
  const { store, told: news } = watched()
  const result: Result = { ...resultOfRun(), files, ...change }
  const facing = { ...subject, shown: result }
  const stage = { name: 'result', subject: facing, result, comparing: null, view: null, dialog: null }
  const results = async () => {
    for (let i = 0; i < 4; i++) await settled()
    return news.filter(({ type }) => type === 'result')
  }
  return { store, result, facing, stage: stage as ResultStage, results }
}

test('a result is told once, although the page goes to its photo and back', async () => {
  const { store, facing, stage, results } = shown({ cover: 'face' })
  store.set({ stage })
  store.set({ stage: { name: 'found', subject: facing, seen: null } })
  store.set({ stage })
  expect(await results()).toEqual([faceOnly])
})

test('a result waits for its head, and is told again with other hair and without a head', async () => {
  const { store, result, stage, results } = shown()
  store.set({ stage })
  expect(await results()).toEqual([])
  Object.assign(result, { head, cover: 'head' })
  store.tell()
  expect(await results()).toEqual([withHead])
  result.head = { ...head }
  store.tell()
  expect(await results()).toEqual([withHead, withHead])
  result.cover = 'face'
  store.tell()
  expect(await results()).toEqual([withHead, withHead, faceOnly])
})

test('where the host page wants the face alone, nothing is waited for', async () => {
  const { store, stage, results } = shown()
  store.set({ stage, cover: 'face' })
  expect(await results()).toEqual([faceOnly])
})

test('a head whose files cannot be made is left out', async () => {
  makeHead.mockRejectedValueOnce(new Error('no memory'))
  const { store, stage, results } = shown({ cover: 'head', head })
  store.set({ stage })
  expect(await results()).toEqual([faceOnly])
})
