import { expect, it } from 'vitest'
import { fadeDisplacement } from '../../../client/head/fade.ts'

/** A strip 60 wide and 4 high of squares of side 1/2, each cut in two, in the plane z = 0. */
function strip() {
  const [columns, rows] = [121, 9]
  const positions: number[] = []
  const triangles: number[] = []
  for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) positions.push(i / 2, j / 2, 0)
  for (let j = 0; j + 1 < rows; j++)
    for (let i = 0; i + 1 < columns; i++) {
      const a = j * columns + i
      triangles.push(a, a + 1, a + columns, a + 1, a + columns + 1, a + columns)
    }
  return { positions, triangles, vertices: columns * rows }
}

it('fades as a clamped beam does, the same in each direction of the displacement', () => {
  const { positions, triangles, vertices } = strip()
  const clamped = 10
  const length = 3
  const known = new Uint8Array(vertices)
  const displacement = new Float64Array(3 * vertices)
  for (let v = 0; v < vertices; v++) {
    if (positions[3 * v] > clamped) continue
    known[v] = 1
    displacement.set([1, -2, 0.5], 3 * v)
  }
  const faded = fadeDisplacement(positions, triangles, displacement, known, length)
  const middle = 4 * 121
  for (const along of [0, 1, 2, 3, 5, 8, 15, 30]) {
    // The solution of d'''' + d / length^4 = 0 with d = 1 and d' = 0 at the clamp.
    const x = along / (Math.SQRT2 * length)
    const expected = Math.exp(-x) * (Math.cos(x) + Math.sin(x))
    const v = middle + 2 * (clamped + along)
    // The clamp lies within half a square.
    expect(Math.abs(faded[3 * v] - expected)).toBeLessThan(0.04)
    expect(faded[3 * v + 1]).toBeCloseTo(-2 * faded[3 * v], 4)
    expect(faded[3 * v + 2]).toBeCloseTo(0.5 * faded[3 * v], 4)
  }
})

it('leaves alone what is known', () => {
  const { positions, triangles, vertices } = strip()
  const displacement = Float64Array.from({ length: 3 * vertices }, (_, k) => Math.sin(k))
  const known = Uint8Array.from({ length: vertices }, (_, v) => v % 2)
  const faded = fadeDisplacement(positions, triangles, displacement, known, 3)
  for (let v = 1; v < vertices; v += 2)
    expect([...faded.subarray(3 * v, 3 * v + 3)]).toEqual([...displacement.subarray(3 * v, 3 * v + 3)])
})
