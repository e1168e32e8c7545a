import {
  compileFaceLandmarkModel,
  loadFaceLandmarkWeights,
  type WeightsMetadata,
} from '@svenflow/micro-facemesh'
import { expect, it } from 'vitest'
import photo from '../../../../client/app/sample/astronaut.png?url'
import { sampleCrop } from '../../../../client/capture/find/crop.ts'
import { networks } from '../../../../client/capture/find/tfjs.ts'
import { browserStore } from '../../../../client/runtime/store.ts'
import data from '../../../../node_modules/@svenflow/micro-facemesh/weights/face_landmarks_weights.bin?url'
import list from '../../../../node_modules/@svenflow/micro-facemesh/weights/face_landmarks_weights.json'

const size = 256

it('answers like the shaders of the package that its weights are from', async () => {
  const image = await sampleFace()
  const { run } = await networks(browserStore())
  const { landmarks, presence } = await run('facemesh', image, size)

  const buffer = await (await fetch(data)).arrayBuffer()
  const reference = await compileFaceLandmarkModel(loadFaceLandmarkWeights(list as WeightsMetadata, buffer))
  const planes = Float32Array.from(image, (_, k) => image[3 * (k % size ** 2) + Math.floor(k / size ** 2)])
  const answer = await reference.run(planes)

  expect(landmarks.length).toBe(478 * 3)
  const furthest = landmarks.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - size * answer.landmarks[i])),
    0,
  )
  expect(furthest).toBeLessThan(0.01)
  expect(1 / (1 + Math.exp(-presence[0]))).toBeCloseTo(answer.facePresence[0], 5)
  // It is the face in the middle, not some constant.
  expect(landmarks[3 * 4]).toBeGreaterThan(100)
  expect(presence[0]).toBeGreaterThan(10)
})

async function sampleFace(): Promise<Float32Array> {
  const bitmap = await createImageBitmap(await (await fetch(photo)).blob())
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  return sampleCrop({ width, height, data }, { x: 224, y: 115, side: 170, angle: 0 }, size)
}
