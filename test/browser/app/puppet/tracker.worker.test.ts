import * as Comlink from 'comlink'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeenFrame, TrackerWorker } from '../../../../client/app/puppet/tracker.worker.ts'
import sample from '../../../../client/app/sample/astronaut.png?url'
import { meshLandmarks } from '../../../../client/face/contours.ts'
import { simpleMovement } from '../../../support/movement.ts'

const worker = new Worker(new URL('../../../../client/app/puppet/tracker.worker.ts', import.meta.url), {
  type: 'module',
})
const api = Comlink.wrap<TrackerWorker>(worker)
const canvas = new OffscreenCanvas(640, 480)
let picture: ImageBitmap

beforeAll(async () => {
  picture = await createImageBitmap(await (await fetch(sample)).blob())
  await api.start(simpleMovement(meshLandmarks).morphs)
})
afterAll(() => worker.terminate())

/** A frame of a camera; null: of an empty room. */
function track(face: { left: number } | null, seconds: number): Promise<SeenFrame> {
  const context = canvas.getContext('2d')!
  context.fillRect(0, 0, 640, 480)
  if (face) context.drawImage(picture, face.left, 0)
  const frame = canvas.transferToImageBitmap()
  return api.track(Comlink.transfer(frame, [frame]), seconds)
}

test('follows a face, loses it, and finds it again', async () => {
  const nose = ({ landmarks }: SeenFrame) => landmarks![3 * 4]
  const first = await track({ left: 0 }, 0)
  expect(first.tracked.sees).toBe('neutral')
  const later = await track({ left: 20 }, 0.1)
  expect(Math.abs(nose(later) - nose(first) - 20)).toBeLessThan(3)
  expect(await track(null, 0.2)).toMatchObject({ tracked: { sees: 'nobody' }, landmarks: null })
  expect(Math.abs(nose(await track({ left: 120 }, 0.3)) - nose(first) - 120)).toBeLessThan(3)
})

test('fifteen frames a second are tracked, and after one still second there are weights', async () => {
  const seen: SeenFrame[] = []
  for (let i = 0; i < 30; i++) seen.push(await track({ left: 60 }, 1 + i / 15))
  expect(seen.at(-1)!.tracked.sees).toBe('face')
  const times = seen.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  expect(times[15]).toBeLessThan(1000 / 15)
})
