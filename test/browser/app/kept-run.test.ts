import { createStore, get, set } from 'idb-keyval'
import { afterEach, expect, test, vi } from 'vitest'
import {
  forgetRun,
  type KeptRun,
  keepCheckpoint,
  keepRun,
  keptRun,
  runDays,
} from '../../../client/app/kept-run.ts'
import type { Checkpoint } from '../../../client/refine/checkpoint.ts'

const run: KeptRun = {
  photo: new Blob(['a photo'], { type: 'image/png' }),
  name: 'me.png',
  face: { x: 1, y: 2, width: 3, height: 4, score: 1, quarterTurns: 0 },
  strokes: [{ radius: 2, points: [1, 1] }],
  preset: 'draft',
  size: 256,
  seed: 1,
}
const checkpoint = {
  preset: 'draft',
  size: 256,
  seed: 1,
  provider: 'wasm',
  round: 0,
  scaleIndex: 1,
  step: 7,
  taken: 27,
  random: { scale: 3, step: 4 },
  content: Float32Array.of(0.25, 0.5),
  unknowns: { levels: Float32Array.of(1, 2, 3) },
  steps: [],
  secondsPerScale: [],
  seconds: 12,
} satisfies Checkpoint

afterEach(forgetRun)
afterEach(() => {
  vi.restoreAllMocks()
})

test('a run is offered from its begin, once no tab is at work on it', async () => {
  expect(await keptRun()).toBeNull()
  const place = (await keepRun(run))!
  expect(await keptRun()).toBeNull() // Under way.
  await place.release()
  const begun = (await keptRun())!
  expect(begun).toMatchObject({ id: place.run, checkpoint: null, fraction: 0 })
  expect({ ...begun.run, photo: await begun.run.photo.text() }).toEqual({ ...run, photo: 'a photo' })
  await keepCheckpoint(place.run!, checkpoint, 0.4)
  expect(await keptRun()).toMatchObject({ id: place.run, checkpoint, fraction: 0.4 })
})

test('it is forgotten when it is done, and its place is free', async () => {
  const place = (await keepRun(run))!
  await keepCheckpoint(place.run!, checkpoint, 0.4)
  await place.forget()
  expect(await keptRun()).toBeNull()
  const next = (await keepRun(run))!
  await next.release()
})

test('another tab that refines finds the place taken, and nobody throws away what it keeps', async () => {
  const place = (await keepRun(run))!
  expect(await keepRun(run)).toBeNull()
  await forgetRun()
  await place.release()
  expect(await keptRun()).toMatchObject({ id: place.run })
})

test('a new run forgets the checkpoint of the one before; one that goes on does not', async () => {
  const first = (await keepRun(run))!
  await keepCheckpoint(first.run!, checkpoint, 0.4)
  await first.release()
  const again = (await keepRun(run, (await keptRun())!))!
  await again.release()
  expect(await keptRun()).toMatchObject({ fraction: 0.4, checkpoint })
  const other = (await keepRun(run))!
  await other.release()
  expect(await keptRun()).toMatchObject({ checkpoint: null })
  // One that a worker was still writing when its run was left.
  await keepCheckpoint(first.run!, checkpoint, 0.5)
  expect(await keptRun()).toMatchObject({ id: other.run, checkpoint: null })
})

test('where there is no room for a checkpoint the one before stays', async () => {
  const place = (await keepRun(run))!
  await keepCheckpoint(place.run!, checkpoint, 0.4)
  noRoom()
  await keepCheckpoint(place.run!, { ...checkpoint, step: 9 }, 0.6)
  await place.release()
  expect(await keptRun()).toMatchObject({ fraction: 0.4, checkpoint: { step: 7 } })
})

test('where there is no room for a run the one before stays whole, and this one keeps nothing', async () => {
  const place = (await keepRun(run))!
  await keepCheckpoint(place.run!, checkpoint, 0.4)
  await place.release()
  noRoom()
  const other = (await keepRun({ ...run, name: 'other.png' }))!
  expect(other.run).toBeNull()
  await other.forget()
  expect(await keptRun()).toMatchObject({ run: { name: 'me.png' }, fraction: 0.4 })
})

test('what another version of the page kept is thrown away', async () => {
  const store = createStore('facerefiner', 'run')
  await set('run', { ...run, id: '1', sources: 'another', since: Date.now() }, store)
  expect(await keptRun()).toBeNull()
  expect(await get('run', store)).toBeUndefined()
})

test('a run is kept for some days; then it goes, and its photo with it', async () => {
  const place = (await keepRun(run))!
  await keepCheckpoint(place.run!, checkpoint, 0.4)
  await place.release()
  const stored = () => get<KeptRun>('run', createStore('facerefiner', 'run'))
  const now = Date.now()
  const days = vi.spyOn(Date, 'now')
  days.mockReturnValue(now + (runDays - 0.1) * 86_400_000)
  expect((await keptRun())?.fraction).toBe(0.4)
  expect((await stored())?.photo.size).toBe(7)
  days.mockReturnValue(now + (runDays + 0.1) * 86_400_000)
  expect(await keptRun()).toBeNull()
  expect(await stored()).toBeUndefined()
  days.mockRestore()
})

/** As where the disk is full: what was to be written is undone. */
function noRoom() {
  const { put } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    const request = put.apply(this, given)
    this.transaction.abort()
    return request
  })
}
