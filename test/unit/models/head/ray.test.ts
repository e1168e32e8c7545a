import { expect, test } from 'vitest'
import { distanceAlong, trianglesAbout, trianglesAcross } from '../../../../models/head/ray.ts'

/** An octahedron about (1, 2, 3), 2 from its middle to its corners. */
const corners = [
  [2, 0, 0],
  [-2, 0, 0],
  [0, 2, 0],
  [0, -2, 0],
  [0, 0, 2],
  [0, 0, -2],
]
const surface = {
  positions: corners.flatMap(([x, y, z]) => [x + 1, y + 2, z + 3]),
  triangles: [0, 1].flatMap((x) => [2, 3].flatMap((y) => [4, 5].flatMap((z) => [x, y, z]))),
}
const centre = [1, 2, 3]

test('the first triangle in a direction, near an edge as within a face', () => {
  const about = trianglesAbout(surface, centre, 5)
  expect(about).toHaveLength(8 * 9)
  const third = 1 / Math.sqrt(3)
  // |x| + |y| + |z| = 2 on the octahedron.
  expect(distanceAlong([third, -third, third], about, 9)).toBeCloseTo(2 / (3 * third), 9)
  expect(distanceAlong([0, 1, 0], about, 9)).toBeCloseTo(2, 9)
  // From outside, the nearer of two.
  const outside = trianglesAbout(surface, [1, 2, -5], 20)
  expect(distanceAlong([0, 0, 1], outside, 99)).toBeCloseTo(6, 9)
  expect(distanceAlong([0, 0, -1], outside, 99)).toBe(99)
})

test('a plane cuts some of them, and those are all that its directions need', () => {
  const about = trianglesAbout(surface, [1.3, 2, 3.2], 5)
  const azimuth = 0.4
  const across = trianglesAcross(azimuth, about)
  expect(across.length).toBeLessThan(about.length)
  for (let elevation = -1.5; elevation < 1.5; elevation += 0.1) {
    const out = Math.cos(elevation)
    const direction = [out * Math.sin(azimuth), Math.sin(elevation), out * Math.cos(azimuth)]
    expect(distanceAlong(direction, across, 9)).toBe(distanceAlong(direction, about, 9))
  }
})

test('only what is near is looked at', () => {
  expect(trianglesAbout(surface, [1, 2, 13], 5)).toHaveLength(0)
})
