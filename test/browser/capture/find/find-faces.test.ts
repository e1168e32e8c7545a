import { expect, it } from 'vitest'
import photo from '../../../../client/app/sample/astronaut.png?url'
import type { FaceBox, Pose } from '../../../../client/face/types.ts'

interface Answer {
  error?: string
  backend: string
  faces: FaceBox[]
  landmarks: Float32Array
  pose: Pose
  width: number
  person: Float32Array
}

it('finds the same face in a web worker as in Node, and keeps off a GPU that is only software', async () => {
  const worker = new Worker(new URL('../../../support/find.worker.ts', import.meta.url), { type: 'module' })
  worker.postMessage({ photo: new URL(photo, location.href).href })
  const answer = await new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = reject
  })
  worker.terminate()
  expect(answer.error).toBeUndefined()
  expect(answer.backend).toBe('wasm')
  expect(answer.faces.length).toBe(1)
  // Pupils, tip of the nose, corners of the mouth, as the Node build measures them.
  for (const [index, x, y] of [
    [468, 203.87, 101.15],
    [473, 246.84, 103.42],
    [4, 224.06, 126.87],
    [61, 202.62, 139.4],
    [291, 245.09, 140.86],
  ]) {
    expect(Math.abs(answer.landmarks[3 * index] - x)).toBeLessThan(0.3)
    expect(Math.abs(answer.landmarks[3 * index + 1] - y)).toBeLessThan(0.3)
  }
  expect(Math.abs(answer.pose.yaw + 0.52)).toBeLessThan(0.5)
  expect(answer.person[130 * answer.width + 224]).toBeGreaterThan(0.95)
})
