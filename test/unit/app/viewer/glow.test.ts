import { expect, test } from 'vitest'
import { widthOf } from '../../../../client/app/pixels.ts'
import { glowOf } from '../../../../client/app/viewer/glow.ts'
import { Evidence } from '../../../../client/face/evidence.ts'

const { none, own, mirrored } = Evidence
/** A square of skin over the middle half of a texture, or of the left half of a head's. */
const square = (whole: boolean) => {
  const [left, right] = whole ? [0.125, 0.375] : [0.25, 0.75]
  return {
    uv: Float32Array.of(left, 0.25, right, 0.25, right, 0.75, left, 0.75),
    triangles: Uint32Array.of(0, 3, 1, 1, 3, 2),
  }
}
/** 8 x 8: nothing is known of the right half. */
const evidence = Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? (i < 32 ? own : mirrored) : none))

test.each([false, true])(
  'what nothing is known of glows, softly and nowhere but on the face (a whole head: %s)',
  (whole) => {
    const glow = glowOf(evidence, square(whole), whole)
    expect(widthOf(glow)).toBe(whole ? 2 * glow.size : glow.size)
    /** @param x, y as shares of the face's texture */
    const opacity = (x: number, y: number) =>
      glow.data[4 * (Math.floor(y * glow.size) * widthOf(glow) + Math.floor(x * glow.size)) + 3]
    expect(opacity(0.62, 0.5)).toBeGreaterThan(240)
    for (const y of [0.4, 0.6]) expect(opacity(0.35, y)).toBeLessThan(5)
    // Softly at the edge of what is known.
    expect(opacity(0.5, 0.5)).toBeGreaterThan(80)
    expect(opacity(0.5, 0.5)).toBeLessThan(180)
    // Beyond the skin nothing is known either.
    for (const [x, y] of [
      [0.9, 0.5],
      [0.62, 0.1],
      [0.1, 0.5],
    ])
      expect(opacity(x, y)).toBe(0)
    if (whole) expect(opacity(1.62, 0.5)).toBe(0)
  },
)
