import { createStore, get } from 'idb-keyval'
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

test('a run is offered once it has a checkpoint and no tab is at work on it', async () => {
  expect(await keptRun()).toBeNull()
  const place = (await keepRun(run))!
  await keepCheckpoint(checkpoint, 0.4)
  expect(await keptRun()).toBeNull() // Under way.
  place.release()
  await expect.poll(async () => (await keptRun())?.fraction).toBe(0.4)
  const kept = (await keptRun())!
  expect(kept.checkpoint).toEqual(checkpoint)
  expect({ ...kept.run, photo: await kept.run.photo.text() }).toEqual({ ...run, photo: 'a photo' })
})

test('another tab that refines finds the place taken', async () => {
  const place = (await keepRun(run))!
  expect(await keepRun(run)).toBeNull()
  place.release()
  await expect.poll(async () => (await keepRun(run))?.release()).toBeUndefined()
})

test('a new run forgets the checkpoint of the one before; one that goes on does not', async () => {
  ;(await keepRun(run))!.release()
  await keepCheckpoint(checkpoint, 0.4)
  await expect.poll(async () => (await keptRun()) !== null).toBe(true)
  const kept = (await keptRun())!
  ;(await keepRun(run, kept))!.release()
  await expect.poll(async () => (await keptRun())?.fraction).toBe(0.4)
  ;(await keepRun(run))!.release()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await keptRun()).toBeNull()
})

test('what another version of the page kept is thrown away', async () => {
  ;(await keepRun(run))!.release()
  const { createStore, set, get } = await import('idb-keyval')
  const store = createStore('facerefiner', 'run')
  await set('checkpoint', { sources: 'another', checkpoint, fraction: 0.4 }, store)
  await expect.poll(keptRun).toBeNull()
  await expect.poll(() => get('run', store)).toBeUndefined()
})

/** What lies on the device. */
const stored = () => get<{ run: KeptRun }>('run', createStore('facerefiner', 'run'))

test('a run is kept for some days; then it goes, and its photo with it', async () => {
  await (await keepRun(run))!.release()
  await keepCheckpoint(checkpoint, 0.4)
  const now = Date.now()
  const days = vi.spyOn(Date, 'now')
  days.mockReturnValue(now + (runDays - 0.1) * 86_400_000)
  expect((await keptRun())?.fraction).toBe(0.4)
  expect((await stored())?.run.photo.size).toBe(7)
  days.mockReturnValue(now + (runDays + 0.1) * 86_400_000)
  expect(await keptRun()).toBeNull()
  expect(await stored()).toBeUndefined()
  days.mockRestore()
})

test('a photo whose run ended before its first checkpoint does not stay behind', async () => {
  await (await keepRun(run))!.release()
  expect(await stored()).toBeDefined()
  expect(await keptRun()).toBeNull()
  expect(await stored()).toBeUndefined()
})
