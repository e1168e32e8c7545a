import { describe, expect, it } from 'vitest'
import {
  smoothSplit,
  splitLinearly,
  splitTriangles,
  subdivide,
} from '../../../../client/capture/mesh/subdivide.ts'

/** n x n vertices on z = bump(x, y), two triangles a cell. */
function grid(n: number, bump: (x: number, y: number) => number) {
  const positions: number[] = []
  const triangles: number[] = []
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      positions.push(x, y, bump(x, y))
      if (x === n - 1 || y === n - 1) continue
      const a = y * n + x
      triangles.push(a, a + 1, a + n + 1, a, a + n + 1, a + n)
    }
  return { positions, triangles, vertices: n * n }
}

describe('subdivision', () => {
  it('splits each triangle into four and each edge once', () => {
    const { triangles, vertices } = grid(3, () => 0)
    const split = splitTriangles(triangles, vertices)
    expect(split.triangles.length).toBe(4 * triangles.length)
    expect(split.ends.length / 2).toBe(16)
    expect(Math.max(...split.triangles)).toBe(vertices + 15)
  })

  it('leaves the given vertices where they are', () => {
    const { positions, triangles, vertices } = grid(6, (x, y) => Math.sin(x * 1.7) * Math.cos(y))
    const fine = subdivide(positions, splitTriangles(triangles, vertices))
    expect([...fine.subarray(0, positions.length)]).toEqual([...Float32Array.from(positions)])
  })

  it('keeps a plane plane, also at its border', () => {
    const { positions, triangles, vertices } = grid(6, (x, y) => 2 * x - y)
    const fine = subdivide(positions, splitTriangles(triangles, vertices))
    for (let i = 0; i < fine.length; i += 3) expect(fine[i + 2]).toBeCloseTo(2 * fine[i] - fine[i + 1], 4)
  })

  it('comes nearer to a smooth surface than straight edges do', () => {
    const bump = (x: number, y: number) => 10 - 0.3 * ((x - 4) ** 2 + (y - 4) ** 2)
    const { positions, triangles, vertices } = grid(9, bump)
    const split = splitTriangles(triangles, vertices)
    const error = (fine: Float32Array) => {
      let sum = 0
      for (let i = 0; i < fine.length; i += 3) {
        const inside = [0, 1].every((c) => fine[i + c] >= 2 && fine[i + c] <= 6)
        if (inside) sum += Math.abs(fine[i + 2] - bump(fine[i], fine[i + 1]))
      }
      return sum
    }
    expect(error(subdivide(positions, split))).toBeLessThan(0.25 * error(splitLinearly(positions, 3, split)))
  })

  it('puts new values halfway', () => {
    const split = splitTriangles([0, 1, 2], 3)
    expect([...splitLinearly([0, 4, 10], 1, split)]).toEqual([0, 4, 10, 2, 7, 5])
  })

  it('leaves an edge whole where that is wanted', () => {
    const split = splitTriangles(
      [0, 1, 2, 1, 3, 2],
      4,
      (a, b) => Math.min(a, b) === 1 && Math.max(a, b) === 3,
    )
    expect(split.ends.length / 2).toBe(4)
    expect(split.triangles.length / 3).toBe(4 + 3)
    // In the plane, all turn the same way and cover the same.
    const at = [0, 0, 4, 0, 0, 4, 4, 4]
    for (const [a, b] of [...Array(4).keys()].map((e) => split.ends.subarray(2 * e, 2 * e + 2)))
      at.push((at[2 * a] + at[2 * b]) / 2, (at[2 * a + 1] + at[2 * b + 1]) / 2)
    let whole = 0
    for (let t = 0; t < split.triangles.length; t += 3) {
      const [a, b, c] = split.triangles.subarray(t, t + 3)
      const [ux, uy, vx, vy] = [b, c].flatMap((v) => [at[2 * v] - at[2 * a], at[2 * v + 1] - at[2 * a + 1]])
      expect(ux * vy - uy * vx).toBeGreaterThan(0)
      whole += ux * vy - uy * vx
    }
    expect(whole).toBe(32)
  })

  it('smooths a spike, unless it is fixed', () => {
    const { positions, triangles, vertices } = grid(5, (x, y) => (x === 2 && y === 2 ? 8 : 0))
    const split = splitTriangles(triangles, vertices)
    const fixed = new Uint8Array(vertices)
    // The valence is 6: a spike keeps 5/8.
    expect(smoothSplit(positions, split, fixed)[3 * 12 + 2]).toBeCloseTo(5)
    fixed[12] = 1
    expect(smoothSplit(positions, split, fixed)[3 * 12 + 2]).toBe(8)
  })
})
