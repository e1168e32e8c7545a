import { expect, test } from 'vitest'
import { rasterize, texelLayout } from '../../../../client/capture/mesh/rasterize.ts'
import { hairFlow } from '../../../../client/head/hair/painted-flow.ts'

const size = 64

/** A square of 4 cm at the back of the head, `x` right and `y` up, laid out upright or upside down. */
function back(y: number, flipped: boolean) {
  const corners = [
    [-2, -2],
    [2, -2],
    [2, 2],
    [-2, 2],
  ]
  const mesh = {
    positions: Float32Array.from(corners.flatMap(([u, v]) => [u, y + v, -16])),
    normals: Float32Array.from(corners.flatMap(() => [0, 0, -1])),
    // Seen from behind: x to the left.
    uv: Float32Array.from(corners.flatMap(([u, v]) => [0.5 - u / 4, flipped ? 0.5 + v / 4 : 0.5 - v / 4])),
    triangles: Uint32Array.of(0, 2, 1, 0, 3, 2),
  }
  const layout = rasterize(texelLayout(mesh.uv, size), mesh.triangles, size, size)
  return { mesh, layout }
}

const middle = 2 * ((size / 2) * size + size / 2)
const all = new Uint8Array(size * size).fill(1)

test('below the whorl hair lies downwards, whichever way the layout is', () => {
  for (const flipped of [false, true]) {
    const { mesh, layout } = back(0, flipped)
    const flow = hairFlow(mesh, layout, 0, all)
    expect(Math.hypot(flow[middle], flow[middle + 1])).toBeCloseTo(1, 5)
    expect(flow[middle + 1] * (flipped ? -1 : 1)).toBeGreaterThan(0.95)
  }
})

test('it is asked for where it is wanted, and its triangles may begin later', () => {
  const { mesh, layout } = back(0, false)
  expect(hairFlow(mesh, layout, 0, new Uint8Array(size * size)).every((value) => value === 0)).toBe(true)
  const later = { ...layout, triangle: layout.triangle.map((t) => (t < 0 ? t : t + 7)) }
  expect(hairFlow(mesh, later, 7, all)).toEqual(hairFlow(mesh, layout, 0, all))
})
