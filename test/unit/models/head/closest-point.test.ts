import { expect, test } from 'vitest'
import { closestPoint } from '../../../../models/head/closest-point.ts'

const positions = [0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, -1, 4, 0, -1, 0, 4, -1]
const triangles = [3, 4, 5, 0, 1, 2]

test.each([
  ['above the inside', [1, 1, 2], [0.5, 0.25, 0.25], 2],
  ['beside an edge', [3, 3, 0], [0, 0.5, 0.5], Math.SQRT2],
  ['beyond a corner', [7, -4, 0], [0, 1, 0], 5],
  ['on a corner', [0, 0, 0], [1, 0, 0], 0],
])('the nearest point of the nearer triangle, %s', (_, point, weights, distance) => {
  const found = closestPoint(point, positions, triangles)
  expect(found.triangle).toBe(1)
  found.weights.forEach((weight, k) => {
    expect(weight).toBeCloseTo(weights[k])
  })
  expect(found.distance).toBeCloseTo(distance)
})

test('agrees with a search of many points', () => {
  const point = [1, 3.5, -0.8]
  let least = Number.POSITIVE_INFINITY
  for (const z of [0, -1])
    for (let a = 0; a <= 200; a++)
      for (let b = 0; a + b <= 200; b++)
        least = Math.min(least, Math.hypot(a / 50 - point[0], b / 50 - point[1], z - point[2]))
  expect(closestPoint(point, positions, triangles).distance).toBeCloseTo(least, 2)
})
