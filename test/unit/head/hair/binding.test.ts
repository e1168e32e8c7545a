import { describe, expect, test } from 'vitest'
import { bindHair, distanceBefore, neighbourCount } from '../../../../client/head/hair/binding.ts'
import { random } from '../../../../client/image/random.ts'

/** 400 points of a ball of 10 cm. */
const numbers = random(7)
const normals = Float32Array.from(
  Array.from({ length: 400 }, () => {
    const [angle, z] = [2 * Math.PI * numbers.next(), 2 * numbers.next() - 1]
    const radius = Math.sqrt(1 - z * z)
    return [radius * Math.cos(angle), radius * Math.sin(angle), z]
  }).flat(),
)
const ball = { positions: normals.map((value) => 10 * value), normals }

/** On the ball, off it, far off it (where all points are nearly as far), and within. */
const positions = Float32Array.of(0, 10, 0, 7, 7, 1, 0, -60, 0, 0, 0, 9, 0, 500, 0)
const distance = (v: number, point: number) =>
  Math.hypot(...[0, 1, 2].map((c) => positions[3 * v + c] - ball.positions[3 * point + c]))

describe('bindHair', () => {
  const { neighbours, weights, clearance } = bindHair({ positions }, ball)

  test.each([0, 1, 2, 3, 4])('vertex %d follows the nearest points, in order', (v) => {
    const sorted = [...Array(400).keys()].sort((a, b) => distance(v, a) - distance(v, b))
    const own = neighbours.subarray(v * neighbourCount, (v + 1) * neighbourCount)
    expect([...own]).toEqual(sorted.slice(0, neighbourCount))
  })

  test.each([0, 1, 2, 3, 4])('vertex %d weighs the nearer more, all together 1', (v) => {
    const own = [...weights.subarray(v * neighbourCount, (v + 1) * neighbourCount)]
    expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5)
    expect(own).toEqual(own.toSorted((a, b) => b - a))
    expect(own.at(-1)).toBeGreaterThanOrEqual(0)
    expect(own.at(-1)).toBeLessThan(1e-3)
  })

  test('knows how far out each vertex lies', () => {
    expect(clearance[1]).toBeCloseTo(Math.hypot(7, 7, 1) - 10, 0)
    expect(clearance[3]).toBeLessThan(-0.8)
    expect(clearance[1]).toBe(
      Math.fround(distanceBefore(positions.subarray(3, 6), ball, neighbours[neighbourCount])),
    )
  })
})
