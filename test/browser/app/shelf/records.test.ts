import { afterEach, expect, test, vi } from 'vitest'
import { hearOthers } from '../../../../client/app/shelf/channel.ts'
import { forgetOlderFace, olderFace } from '../../../../client/app/shelf/older-face.ts'
import * as records from '../../../../client/app/shelf/records.ts'
import type { Card, ShelvedFace, ShelvedPhoto } from '../../../../client/app/shelf/shelved-face.ts'
import { encodePng } from '../../../../client/result/png.ts'

const of = { face: { x: 1 }, strokes: [{ radius: 2, points: [3, 4] }] }
const texture = { size: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) }
const rest = {
  texture,
  files: { png: new Blob([await encodePng(Uint8Array.of(1, 2, 3), 1, 1, 'rgb')]) },
  refined: { optimised: false },
  seen: { initial: texture },
}
const face = { faces: [], result: { of, ...rest } } as unknown as ShelvedFace
/** The same as it was kept at first. */
const first = { faces: [], ...of, result: rest }
const card = (id: string, date = 1): Card => ({
  ...{ id, date, name: id, thumbnail: null, bytes: 4, photo: null },
})
const file = new Blob(['a photo'])
const photo: ShelvedPhoto = {
  ...{ name: 'me.png', file, original: file, source: 'file', turns: 0, width: 1, height: 1 },
}
const put = (id: string, date?: number) => records.putFace(card(id, date), face, true)
const names = async (now = 0) => (await records.cards(now)).map(({ name }) => name)

afterEach(async () => {
  vi.restoreAllMocks()
  await records.removeAll()
})

test('faces come back as they were put there, their cards newest first', async () => {
  await put('old', 1)
  await put('new', 2)
  expect(await names()).toEqual(['new', 'old'])
  expect(await records.face('old', 0)).toEqual({ face, photo: null })
  expect(await records.face('none', 0)).toBeNull()
})

test('a changed face keeps the name, picture and photo that it was given meanwhile', async () => {
  await put('a')
  await records.changeCard('a', { name: 'Ann', thumbnail: 'data:picture' })
  await records.putPhoto('a', photo, 50)
  await records.putFace({ ...card('a', 7), bytes: 9 }, face, false)
  expect(await records.cards(0)).toEqual([
    { ...card('a', 7), name: 'Ann', bytes: 9, thumbnail: 'data:picture', photo: { bytes: 7, until: 50 } },
  ])
})

test('no change brings back a face that is not there', async () => {
  await records.putFace(card('a'), face, false)
  await records.changeCard('a', { name: 'Ann' })
  await records.putPhoto('a', photo, 50)
  await records.duplicate('a', { id: 'b', name: 'b', date: 2 })
  expect(await names()).toEqual([])
  expect(await records.take('a')).toEqual([])
})

test('a photo goes when its time is over, and the face stays', async () => {
  await put('a')
  await records.putPhoto('a', photo, 50)
  await records.cards(49)
  expect((await records.face('a', 0))!.photo).toMatchObject({ name: 'me.png' })
  expect((await records.face('a', 1000))!.photo).toBeNull()
  expect((await records.cards(50))[0].photo).toBeNull()
  expect(await records.face('a', 0)).toEqual({ face, photo: null })
  expect((await records.cards(0))[0].photo).toBeNull()
})

test('a duplicate has all of it, and is another; what is taken can be put back', async () => {
  await put('a')
  await records.putPhoto('a', photo, 50)
  await records.duplicate('a', { id: 'b', name: 'Ann, copy', date: 2 })
  const taken = await records.take('a')
  expect(await names()).toEqual(['Ann, copy'])
  expect((await records.face('b', 0))!.photo).toMatchObject({ name: 'me.png' })
  await records.putBack(taken)
  expect(await names()).toEqual(['Ann, copy', 'a'])
  expect((await records.face('a', 0))!.photo).not.toBeNull()
})

test('a full disk is told, and leaves all as it was: no half of a face', async () => {
  await put('a')
  const { put: write } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if ((key as string[])[0] === 'face') throw new DOMException('', 'QuotaExceededError')
    return write.call(this, value, key)
  })
  const full = { name: 'QuotaExceededError' }
  await expect(put('b')).rejects.toMatchObject(full)
  await expect(records.putFace({ ...card('a', 9), bytes: 1 }, face, false)).rejects.toMatchObject(full)
  expect(await records.cards(0)).toEqual([card('a')])
})

test('a face that was kept before results remembered what they are made of still opens', async () => {
  const { createStore, set } = await import('idb-keyval')
  const shelf = createStore('facerefiner-shelf', 'shelf')
  await set(['face', 'a'], { format: 1, face: first }, shelf)
  expect(await records.face('a', 0)).toEqual({ face, photo: null })
  await set(['face', 'a'], { format: records.format + 1, face }, shelf)
  expect(await records.face('a', 0)).toBeNull()
})

test('a face that was kept before heads moved still opens', async () => {
  const { createStore, get, set } = await import('idb-keyval')
  const shelf = createStore('facerefiner-shelf', 'shelf')
  await put('a')
  const { face: now } = (await get<{ face: object }>(['face', 'a'], shelf))!
  await set(['face', 'a'], { format: 2, face: now }, shelf)
  expect((await records.face('a', 0))!.face).toEqual(face)
})

test('other tabs hear of every change', async () => {
  const heard = new BroadcastChannel('facerefiner-shelf')
  const told = new Promise((resolve) => heard.addEventListener('message', resolve, { once: true }))
  await put('a')
  await told
  const changed = vi.fn()
  hearOthers(changed)
  heard.postMessage('changed')
  await expect.poll(() => changed.mock.calls.length).toBe(1)
  heard.close()
})

test('what a page from before the shelf kept is read once, its newest result without the photo', async () => {
  const { createStore, set } = await import('idb-keyval')
  const store = createStore('facerefiner-face', 'face')
  const { result, ...others } = first
  const last = { ...others, photo, results: [{}, result] }
  await set('last', { format: 3, face: last }, store)
  expect(await olderFace()).toEqual({ name: 'me.png', face })
  await forgetOlderFace()
  expect(await olderFace()).toBeNull()
  await set('last', { format: 0, face: last }, store)
  expect(await olderFace()).toBeNull()
})
