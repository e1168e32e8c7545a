import { describe, expect, it } from 'vitest'
import { draw, type Stroke, stroke } from '../../../client/image/strokes.ts'

const size = 64
/** A value of the red channel at a place in UV. */
function drawn(strokes: Stroke[], texels = (x: number, y: number): number[] => [y * size + x]) {
  const texture = new Float32Array(3 * size * size)
  draw(texture, size, strokes, texels)
  return (x: number, y: number) => texture[3 * (y * size + x)]
}
/** The centre of texel 32. */
const middle = 32.5 / size

it('a line is pairs of u and v', () => {
  expect(stroke([0.1, 0.2, 0.3, 0.4], [0.5, 0.6], [1, 2, 3])).toEqual({
    along: [
      [0.1, 0.2],
      [0.3, 0.4],
    ],
    radius: [0.5, 0.6],
    colour: [1, 2, 3],
    flat: false,
  })
})

describe('draw', () => {
  it('is the colour on the spot, 1/e of it at the radius, nothing far away', () => {
    const at = drawn([stroke([middle, middle], [4 / size, 8 / size], [-2, 0, 0])])
    expect(at(32, 32)).toBeCloseTo(-2, 6)
    expect(at(36, 32)).toBeCloseTo(-2 / Math.E, 6)
    expect(at(32, 24)).toBeCloseTo(-2 / Math.E, 6)
    expect(at(32 + 11, 32)).toBe(0)
  })

  it('a flat spot is even up to near its radius', () => {
    const at = drawn([stroke([middle, middle], [8 / size, 8 / size], [1, 0, 0], true)])
    expect(at(36, 32)).toBeCloseTo(Math.exp(-(0.5 ** 4)), 6)
    expect(at(40, 32)).toBeCloseTo(1 / Math.E, 6)
  })

  it('is as strong all along a line, and round at its ends', () => {
    const at = drawn([stroke([16.5 / size, middle, 40.5 / size, middle], [4 / size, 4 / size], [1, 0, 0])])
    for (const x of [16, 25, 40]) expect(at(x, 32)).toBeCloseTo(1, 6)
    expect(at(25, 36)).toBeCloseTo(1 / Math.E, 6)
    expect(at(44, 32)).toBeCloseTo(1 / Math.E, 6)
  })

  it('adds up, and is drawn where its texels are wanted', () => {
    const spot = stroke([middle, middle], [4 / size, 4 / size], [1, 0, 0])
    expect(drawn([spot, spot])(32, 32)).toBeCloseTo(2, 6)
    const at = drawn([spot], (x, y) => (x < 33 ? [y * size + x, y * size + size - 1 - x] : []))
    expect(at(31, 32)).toBeGreaterThan(0.9)
    // The mirrored texel of column 32 is 31, which so gets both.
    expect(at(31, 32)).toBeCloseTo(1 + Math.exp(-1 / 16), 5)
    expect(at(36, 32)).toBe(at(27, 32))
  })

  it('is cut at the border', () => {
    const at = drawn([stroke([0, 0], [4 / size, 4 / size], [1, 0, 0])])
    expect(at(0, 0)).toBeCloseTo(Math.exp(-2 * 0.125 ** 2), 6)
    expect(at(63, 0)).toBe(0)
  })
})
