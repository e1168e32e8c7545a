import { expect, test } from 'vitest'
import { turnRotation } from '../../../../client/capture/mesh/render.ts'
import { type Follower, paintHead } from '../../../../models/head/paint-head.ts'

const square = {
  triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
  uvTriangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
  uv: Float32Array.of(0, 1, 1, 1, 1, 0, 0, 0),
}
const plain = (...rgba: number[]) => ({ width: 1, height: 1, rgba: Float32Array.from(rgba) })
/** 4 cm square, and a smaller one before its left half that follows it. */
const body = Float64Array.of(-2, -2, 0, 2, -2, 0, 2, 2, 0, -2, 2, 0)
const proxy = (z: number, image: Follower['image']): Follower => ({
  ...square,
  references: [[0], [1], [2], [3]],
  weights: [[1], [0.5], [0.5], [1]],
  // Decimetres.
  offsets: [0, 1, 2, 3].map(() => [0, 0, z / 10]),
  texture: '',
  image,
})
const pose = { rotation: turnRotation({}), scale: 4, translation: [10, -10] as [number, number] }

function paint(eye: number, brow: number) {
  const extras = {
    eyes: proxy(eye, plain(0, 0, 255, 255)),
    brows: proxy(brow, plain(0, 255, 0, 0)),
  }
  return paintHead(body, { ...square, image: plain(200, 100, 50, 255) }, extras, pose, 20)
}

test('skin is lit and faces the viewer, beside it nothing', () => {
  const { photo, facing, raster } = paint(-1, -1)
  const pixel = 10 * 20 + 10
  expect(facing[pixel]).toBeCloseTo(1)
  expect(raster.triangle[pixel]).toBeGreaterThanOrEqual(0)
  expect(photo.data[4 * pixel] / photo.data[4 * pixel + 1]).toBeCloseTo(2, 0)
  expect(raster.triangle[0]).toBe(-1)
})

test('an eye before the skin hides it, one behind does not', () => {
  const pixel = 10 * 20 + 4
  const [before, behind] = [paint(1, -1), paint(-1, -1)]
  expect(before.raster.triangle[pixel]).toBe(-1)
  expect(before.photo.data[4 * pixel]).toBe(0)
  expect(behind.raster.triangle[pixel]).toBeGreaterThanOrEqual(0)
})
