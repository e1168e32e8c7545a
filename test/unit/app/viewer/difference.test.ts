import { expect, test } from 'vitest'
import type { Pixels } from '../../../../client/app/pixels.ts'
import { orbitOfDifference } from '../../../../client/app/viewer/difference.ts'
import { dome } from '../../result/synthetic.ts'

const mesh = dome(24)

/** A texture of grey, with another level where `at` says so (u, v in 0..1). */
function grey(size: number, level = 100, at: (u: number, v: number) => number = () => 0): Pixels {
  const data = new Uint8ClampedArray(4 * size * size)
  for (let i = 0; i < size * size; i++) {
    const more = at(((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size)
    data.fill(level + more, 4 * i, 4 * i + 3)
    data[4 * i + 3] = 255
  }
  return { size, data }
}

/** Of a place on the surface: is it on the viewer's right? The dome's u may run either way. */
const rightmost = [...mesh.uv.keys()]
  .filter((k) => k % 2 === 0)
  .reduce((best, k) => (mesh.positions[1.5 * k] > mesh.positions[1.5 * best] ? k : best))
const rightIsLargeU = mesh.uv[rightmost] > 0.5
const onRight = (u: number) => (rightIsLargeU ? u > 0.6 : u < 0.4)

test('it looks from the side that differs, whatever the sizes of the textures', () => {
  const before = grey(64)
  const right = orbitOfDifference(
    mesh,
    before,
    grey(32, 100, (u) => (onRight(u) ? 30 : 0)),
  )!
  expect(right.azimuth).toBeGreaterThan(0.2)
  const left = orbitOfDifference(
    mesh,
    before,
    grey(64, 100, (u) => (onRight(1 - u) ? -30 : 0)),
  )!
  expect(left.azimuth).toBeLessThan(-0.2)
  expect(left.azimuth).toBeCloseTo(-right.azimuth, 0)
})

test('it looks from the front where all of it differs', () => {
  const { azimuth, elevation } = orbitOfDifference(mesh, grey(64), grey(64, 130))!
  expect([azimuth, elevation]).toEqual([0, 0])
})

test('the larger of two differences decides, where they are as large the stronger', () => {
  const sides = (u: number) => (onRight(u) ? 12 : onRight(1 - u) ? 60 : 0)
  expect(orbitOfDifference(mesh, grey(64), grey(64, 100, sides))!.azimuth).toBeLessThan(-0.1)
})

test('what nobody would see is no difference: few levels, or a few texels', () => {
  expect(orbitOfDifference(mesh, grey(64), grey(64, 103))).toBeNull()
  const spot = (u: number, v: number) => (Math.hypot(u - 0.5, v - 0.5) < 0.01 ? 90 : 0)
  expect(orbitOfDifference(mesh, grey(64), grey(64, 100, spot))).toBeNull()
})
