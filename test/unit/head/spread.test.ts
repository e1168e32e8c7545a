import { expect, it } from 'vitest'
import { laplacian } from '../../../client/head/laplacian.ts'
import { spreadOverMesh } from '../../../client/head/spread.ts'
import { multiply } from '../../../client/image/sparse.ts'

/** 21 x 3 vertices, one apart, in the plane z = 0. */
const [columns, rows] = [21, 3]
const positions: number[] = []
const triangles: number[] = []
for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) positions.push(i, j, 0)
for (let j = 0; j + 1 < rows; j++)
  for (let i = 0; i + 1 < columns; i++) {
    const a = j * columns + i
    triangles.push(a, a + 1, a + columns, a + 1, a + columns + 1, a + columns)
  }
const all = Array.from({ length: columns * rows }, (_, v) => v)
const surface = { ...laplacian(positions, triangles), vertices: all }
const column = (v: number) => v % columns

it('has a mass that is the area, and rows that add up to nothing', () => {
  expect(surface.mass.reduce((sum, value) => sum + value, 0)).toBeCloseTo(40, 9)
  for (const sum of multiply(surface.matrix, new Float64Array(all.length).fill(1)))
    expect(sum).toBeCloseTo(0, 9)
})

it('runs straight between what is held, each channel by itself', () => {
  const values = Float64Array.from(
    { length: 2 * all.length },
    (_, k) => [column(k >> 1) === 20 ? 1 : 0, 5][k % 2],
  )
  const held = all.map((v) => (column(v) === 0 || column(v) === 20 ? 1 : 0))
  const spread = spreadOverMesh(surface, 2, { values, held, seen: all.map(() => 0) })
  for (const v of all) {
    expect(spread[2 * v]).toBeCloseTo(column(v) / 20, 4)
    expect(spread[2 * v + 1]).toBeCloseTo(5, 4)
  }
})

it('bends to what is seen, the nearer the more it counts', () => {
  const held = all.map((v) => (column(v) === 0 || column(v) === 20 ? 1 : 0))
  const values = Float64Array.from(all, (v) => (column(v) === 10 ? 1 : 0))
  const at = (pull: number) => {
    const seen = all.map((v) => (column(v) === 10 ? pull : 0))
    return spreadOverMesh(surface, 1, { values, held, seen })[columns + 10]
  }
  // Two straight lines of slope h / 10 against a pull of strength p: p (1 - h) = 2 h / 10.
  for (const pull of [0.1, 1, 10]) expect(at(pull)).toBeCloseTo(pull / (pull + 0.2), 3)
})

it('leaves vertices alone that take no part', () => {
  const values = Float64Array.from(all, (v) => v)
  const part = { ...surface, vertices: all.filter((v) => column(v) < 10) }
  const spread = spreadOverMesh(part, 1, { values, held: all.map(() => 0), seen: all.map(() => 0) })
  for (const v of all) if (column(v) >= 10) expect(spread[v]).toBe(v)
})
