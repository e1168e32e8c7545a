import { describe, expect, it } from 'vitest'
import { splitLinearly, splitTriangles, subdivide } from '../../../../client/capture/mesh/subdivide.ts'

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
})
