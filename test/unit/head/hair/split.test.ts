import { describe, expect, test } from 'vitest'
import type { HairStyle } from '../../../../client/head/hair/hair-style.ts'
import { splitWhere, withoutLost } from '../../../../client/head/hair/split.ts'
import { smoothstep } from '../../../../client/image/smoothstep.ts'
import { measured, sheet } from './ball.ts'

/** Gone within a circle around the sheet's first corner, with a soft edge. */
const left = ({ positions }: HairStyle) =>
  Float32Array.from({ length: positions.length / 3 }, (_, v) =>
    smoothstep(2.8, 3.2, Math.hypot(positions[3 * v], positions[3 * v + 1])),
  )
const trianglesOf = (hair: HairStyle) => [...Array(hair.triangles.length / 3).keys()]

describe('splitWhere', () => {
  const { hair, values } = splitWhere(sheet(6), left)

  test('leaves the area as it is, and UVs and openness where they were', () => {
    const area = trianglesOf(hair).reduce((sum, t) => sum + measured(hair, t).area, 0)
    expect(area).toBeCloseTo(36, 2)
    for (let v = 0; v < hair.openness.length; v++) {
      expect(hair.uv[2 * v]).toBeCloseTo(hair.positions[3 * v] / 6, 6)
      expect(hair.uv[2 * v + 1]).toBeCloseTo(hair.positions[3 * v + 1] / 6, 6)
      expect(hair.openness[v]).toBeCloseTo(hair.positions[3 * v] / 6, 6)
    }
  })

  test('leaves no long edge where the values change', () => {
    expect([...values]).toEqual([...left(hair)])
    const changing = trianglesOf(hair).filter((t) => {
      const ends = [...hair.triangles.subarray(3 * t, 3 * t + 3)].map((v) => values[v])
      return Math.max(...ends) - Math.min(...ends) > 0.1
    })
    expect(changing.length).toBeGreaterThan(10)
    for (const t of changing) expect(Math.max(...measured(hair, t).edges)).toBeLessThan(0.5)
  })

  test('splits little elsewhere', () => {
    const longest = Math.max(...trianglesOf(hair).flatMap((t) => measured(hair, t).edges))
    expect(longest).toBeGreaterThan(2)
  })

  test('changes nothing where all values are alike', () => {
    const whole = sheet(6)
    const after = splitWhere(whole, ({ openness }) => new Float32Array(openness.length).fill(0.4))
    expect(after.hair).toBe(whole)
    expect([...after.values]).toEqual([...new Float32Array(4).fill(0.4)])
  })
})

describe('withoutLost', () => {
  const { hair, values } = splitWhere(sheet(6), left)
  const rest = withoutLost(hair, values, 0.06)

  test('drops what is gone, and nothing else', () => {
    const area = trianglesOf(rest.hair).reduce((sum, t) => sum + measured(rest.hair, t).area, 0)
    // A quarter of a circle of 2.8 cm is gone, but for triangles of half a centimetre at its edge.
    expect(36 - area).toBeGreaterThan((Math.PI * 2.3 ** 2) / 4)
    expect(36 - area).toBeLessThan((Math.PI * 2.95 ** 2) / 4)
    for (const t of trianglesOf(rest.hair)) {
      const corners = [...rest.hair.triangles.subarray(3 * t, 3 * t + 3)]
      expect(Math.max(...corners.map((v) => rest.values[v]))).toBeGreaterThanOrEqual(0.06)
    }
  })

  test('has no vertex without a triangle, and each as it was', () => {
    const used = new Set(rest.hair.triangles)
    expect(used.size).toBe(rest.hair.openness.length)
    expect([...rest.values]).toEqual([...left(rest.hair)])
    for (let v = 0; v < rest.values.length; v++)
      expect(rest.hair.uv[2 * v]).toBeCloseTo(rest.hair.positions[3 * v] / 6, 6)
  })

  test('may leave nothing', () => {
    const { hair: none } = withoutLost(sheet(2), new Float32Array(4), 0.06)
    expect([none.positions.length, none.triangles.length]).toEqual([0, 0])
  })
})
