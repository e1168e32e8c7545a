import { describe, expect, test } from 'vitest'
import { borderLoops } from '../../../../client/head/border-loops.ts'
import {
  areas,
  asRigidAsPossible,
  type Disc,
  flatAreas,
  tutte,
} from '../../../../models/head/parameterize.ts'

/** n x n vertices, bent by `bend`. */
function sheet(n: number, bend: (x: number, y: number) => [number, number, number]): Disc {
  const positions: number[] = []
  const triangles: number[] = []
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      positions.push(...bend(x, y))
      if (x === n - 1 || y === n - 1) continue
      const a = y * n + x
      triangles.push(a, a + 1, a + n + 1, a, a + n + 1, a + n)
    }
  const [border] = borderLoops(triangles)
  return { positions: Float64Array.from(positions), triangles: Uint32Array.from(triangles), border }
}

const rolled = sheet(9, (x, y) => [4 * Math.sin(x / 4), y, 4 * Math.cos(x / 4)])
const dome = sheet(9, (x, y) => [x, y, -0.15 * ((x - 4) ** 2 + (y - 4) ** 2)])

describe('a harmonic map', () => {
  test('lays a dome on a round disc of its area without turning a triangle over', () => {
    const flat = tutte(dome)
    expect(Math.min(...flatAreas(flat, dome.triangles))).toBeGreaterThan(0)
    const radii = dome.border.map((v) => Math.hypot(flat[2 * v], flat[2 * v + 1]))
    expect(Math.max(...radii)).toBeCloseTo(Math.min(...radii))
    const sum = areas(dome.positions, dome.triangles).reduce((a, b) => a + b, 0)
    expect(Math.PI * radii[0] ** 2).toBeCloseTo(sum)
  })
})

describe('as rigid as possible', () => {
  test('unrolls what was rolled, edge by edge', () => {
    const flat = asRigidAsPossible(rolled, tutte(rolled), 300, rolled.triangles.length / 3)
    const [a, b] = [rolled.triangles, rolled.positions]
    for (let t = 0; t < a.length; t += 3)
      for (let k = 0; k < 3; k++) {
        const [v, w] = [a[t + k], a[t + ((k + 1) % 3)]]
        const wanted = Math.hypot(...[0, 1, 2].map((c) => b[3 * v + c] - b[3 * w + c]))
        const found = Math.hypot(flat[2 * v] - flat[2 * w], flat[2 * v + 1] - flat[2 * w + 1])
        expect(Math.abs(found - wanted)).toBeLessThan(0.02)
      }
  })

  test('is nearer to the areas of a dome than the harmonic map', () => {
    const start = tutte(dome)
    const wanted = areas(dome.positions, dome.triangles)
    const worst = (flat: Float64Array) =>
      Math.max(...flatAreas(flat, dome.triangles).map((area, t) => Math.abs(Math.log(area / wanted[t]))))
    expect(worst(asRigidAsPossible(dome, start, 50, wanted.length))).toBeLessThan(0.5 * worst(start))
  })

  test('says so where it folds', () => {
    // One triangle in the midst is listed the wrong way round.
    const triangles = dome.triangles.slice()
    const midst = 3 * 64
    triangles.set([triangles[midst + 1], triangles[midst]], midst)
    const wrong = { ...dome, triangles }
    expect(() => asRigidAsPossible(wrong, tutte(wrong), 5, triangles.length / 3)).toThrow('folds over itself')
    expect(asRigidAsPossible(wrong, tutte(wrong), 5, 60)).toHaveLength(2 * 81)
  })
})
