import { expect, test } from 'vitest'
import type { HairStyle } from '../../../../client/head/hair/hair-style.ts'
import { rounded } from '../../../../client/head/hair/rounded.ts'
import { ball, sheet } from './ball.ts'

const places = (positions: Float32Array) =>
  Array.from({ length: positions.length / 3 }, (_, v) => [...positions.subarray(3 * v, 3 * v + 3)])

test('the middles of a ball’s edges lie on the ball', () => {
  // Edges of 30 degrees, diagonals of 42: their middles lie 3.4 and 6.6% within the ball.
  const before = ball(10, 6)
  const { positions, triangles } = rounded(before)
  expect(triangles.length).toBe(4 * before.triangles.length)
  expect(positions.subarray(0, before.positions.length)).toEqual(before.positions)
  for (const place of places(positions)) expect(Math.abs(Math.hypot(...place) - 10)).toBeLessThan(0.1)
})

test('stays closed along a seam of the layout', () => {
  const { positions, uv } = rounded(ball(10, 6))
  const at = (u: number) =>
    places(positions)
      .filter((_, v) => uv[2 * v] === u && uv[2 * v + 1] > 0.16 && uv[2 * v + 1] < 0.84)
      .map((place) => place.map((value) => value.toFixed(4)).join(' '))
      .sort()
  expect(at(0).length).toBe(9)
  expect(at(1)).toEqual(at(0))
})

test('a flat sheet stays flat, with UVs and openness of the middles', () => {
  const { positions, uv, openness } = rounded(sheet(4))
  expect(openness.length).toBe(9)
  for (const [v, [x, y, z]] of places(positions).entries()) {
    expect(z).toBeCloseTo(0, 6)
    expect(uv[2 * v]).toBeCloseTo(x / 4, 6)
    expect(uv[2 * v + 1]).toBeCloseTo(y / 4, 6)
    expect(openness[v]).toBeCloseTo(x / 4, 6)
  }
})

test('short edges are left as they are', () => {
  // Edges of .5 cm at most.
  const before = ball(0.9, 6)
  const after = rounded(before)
  expect(after.positions).toEqual(before.positions)
  expect(after.triangles).toEqual(before.triangles)
})

test('where some edges of a triangle are long, it is divided into what they leave, the same way round', () => {
  const cross = ({ positions, triangles }: HairStyle, k: number) => {
    const [a, b, c] = [...triangles.subarray(k, k + 3)].map((v) => positions.subarray(3 * v, 3 * v + 2))
    return ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) / 2
  }
  // One, two and three edges of .8 cm or more.
  for (const [corner, parts] of [
    [[0.4, 0.5], 2],
    [[0, 0.5], 3],
    [[0.5, 1], 4],
  ] as const) {
    const before: HairStyle = {
      positions: Float32Array.of(0, 0, 0, 0.82, 0, 0, ...corner, 0),
      uv: new Float32Array(6),
      openness: new Float32Array(3),
      triangles: Uint32Array.of(0, 1, 2),
    }
    const after = rounded(before)
    const areas = Array.from({ length: after.triangles.length / 3 }, (_, t) => cross(after, 3 * t))
    expect(areas.length).toBe(parts)
    expect(Math.min(...areas)).toBeGreaterThan(0.01)
    expect(areas.reduce((sum, area) => sum + area)).toBeCloseTo(cross(before, 0), 5)
  }
})

test('borders of sheets stay: two that meet there do not come apart', () => {
  // Two twisted strips that meet at x = 0 in a roof, each with normals of its own along the seam.
  const half = (sign: number): HairStyle => ({
    positions: Float32Array.of(0, 0, 0, 0, 6, -1, 3 * sign, 0, -2, 3 * sign, 6, -6),
    uv: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1),
    openness: new Float32Array(4).fill(1),
    triangles: Uint32Array.of(0, 1, 2, 2, 1, 3),
  })
  for (const sign of [-1, 1]) {
    const { positions } = rounded(half(sign))
    const middles = [...Array(positions.length / 3).keys()].filter(
      (v) => Math.abs(positions[3 * v + 1] - 3) < 1,
    )
    const seam = middles.filter((v) => Math.abs(positions[3 * v]) < 1)
    expect(seam.map((v) => [...positions.subarray(3 * v, 3 * v + 3)])).toEqual([[0, 3, -0.5]])
  }
})
