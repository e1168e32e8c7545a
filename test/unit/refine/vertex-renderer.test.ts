import { describe, expect, it } from 'vitest'
import { vertexRenderer } from '../../../client/refine/vertex-renderer.ts'
import { squareMesh } from '../../support/problem.ts'

const size = 8
const mesh = squareMesh(4)

/** Colour of one pixel of a texture whose texels hold `value(row, column)`. */
function look(u: number, v: number, value: (row: number, column: number) => number): number {
  const [toVertices, toPixels] = vertexRenderer(Float32Array.of(u, v), Float32Array.of(1), size, mesh)
  expect([toVertices.taps, toPixels.taps]).toEqual([1, 3])
  const { index, weight } = toPixels
  return [0, 1, 2].reduce((sum, k) => {
    const texel = toVertices.index[index[k]]
    return sum + weight[k] * value(Math.floor(texel / size), texel % size)
  }, 0)
}

describe('vertexRenderer', () => {
  it('gives a vertex the texel that holds it', () => {
    // The vertex at (0.5, 0.25) lies in texel (row 2, column 4).
    expect(look(0.5, 0.25, (row, column) => 10 * row + column)).toBeCloseTo(24, 5)
  })

  it('interpolates between the vertices alone', () => {
    // Half-way between vertices at columns 2 and 4; the texel in between plays no part.
    expect(look(0.375, 0.5, (_, column) => (column === 3 ? 1000 : column))).toBeCloseTo(3, 5)
  })

  it('has weights that add up to 1 wherever a triangle lies, also on its edges', () => {
    const uv = Float32Array.from({ length: 200 }, (_, k) => (k * 0.618) % 1)
    const [, { weight }] = vertexRenderer(uv, new Float32Array(100).fill(1), size, mesh)
    for (let p = 0; p < 100; p++) {
      const shares = [...weight.subarray(3 * p, 3 * p + 3)]
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
      expect(Math.min(...shares)).toBeGreaterThan(-1e-5)
    }
  })

  it('renders nothing where the mask is 0 or no triangle lies', () => {
    const half = { uv: mesh.uv.map((value) => value / 2), triangles: mesh.triangles }
    const uv = Float32Array.of(0.2, 0.2, 0.9, 0.9)
    const [, { weight }] = vertexRenderer(uv, Float32Array.of(0, 1), size, half)
    expect([...weight]).toEqual([0, 0, 0, 0, 0, 0])
  })
})
