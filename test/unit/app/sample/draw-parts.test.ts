import { describe, expect, test } from 'vitest'
import { drawParts, type Part } from '../../../../client/app/sample/draw-parts.ts'

/** A square of 4 x 4 pixels at that depth, of one colour. */
function square(depth: number, rgba: number[], colours: number[] | null = null): Part {
  return {
    positions: Float32Array.from([0, 0, depth, 4, 0, depth, 4, 4, depth, 0, 4, depth]),
    uv: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
    triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
    texture: { width: 1, height: 1, data: Float32Array.from(rgba) },
    colours: colours && Float32Array.from([0, 1, 2, 3].flatMap(() => colours)),
  }
}
const project = (positions: Float32Array) =>
  Float32Array.from({ length: (4 * positions.length) / 3 }, (_, k) =>
    k % 4 === 3 ? 1 : positions[3 * Math.floor(k / 4) + (k % 4)],
  )
const draw = (...parts: Part[]) => drawParts(parts, project, 6, 6)
const red = [1, 0, 0, 1]
const blue = [0, 0, 1, 1]

describe('drawParts', () => {
  test('marks what is drawn and leaves the ground as it is', () => {
    const { rgb, mask } = draw(square(1, red))
    expect(mask.reduce((sum, value) => sum + value, 0)).toBe(16)
    expect([...rgb.subarray(0, 3)]).toEqual([1, 0, 0])
    expect(rgb[3 * 5]).toBeCloseTo(0.6)
  })

  test('draws what is nearer, in any order and from behind too', () => {
    const turned = { ...square(1, blue), triangles: Uint32Array.of(2, 1, 0, 3, 2, 0) }
    for (const parts of [
      [square(2, red), turned],
      [turned, square(2, red)],
    ])
      expect([...draw(...parts).rgb.subarray(0, 3)]).toEqual([0, 0, 1])
  })

  test('does not draw what is rather transparent, by texture or by vertices', () => {
    for (const hair of [square(1, [0, 0, 1, 0.4]), square(1, [0, 0, 1, 0.8], [1, 1, 1, 0.5])]) {
      expect([...draw(square(2, red), hair).rgb.subarray(0, 3)]).toEqual([1, 0, 0])
      expect(draw(hair).mask).not.toContain(1)
    }
    expect(draw(square(1, [0, 0, 1, 0.5])).mask).toContain(1)
  })

  test('multiplies light, of which colours hold the root', () => {
    const { rgb } = draw(square(1, [0.8, 0.8, 0.8, 1], [0.5 ** 2.2, 1, 0, 1]))
    for (const [c, value] of [0.4, 0.8, 0].entries()) expect(rgb[c]).toBeCloseTo(value)
  })
})
