import { describe, expect, test } from 'vitest'
import { meetFace } from '../../../client/head/meet-face.ts'
import { fromLog } from '../../../client/image/log-texture.ts'

const size = 256
/** The rim runs from left to right in the middle of the rest's texture, and at the top of the face's. */
const line = {
  rest: Float32Array.from({ length: 2 * size }, (_, k) => (k % 2 ? 0.5 : (k / 2 + 0.5) / size)),
  face: Float32Array.from({ length: 2 * size }, (_, k) => (k % 2 ? 0.1 : (k / 2 + 0.5) / size)),
}
const image = (of: (x: number, y: number, c: number) => number) =>
  Float32Array.from({ length: 3 * size * size }, (_, k) => {
    const i = Math.floor(k / 3)
    return of(i % size, Math.floor(i / size), k % 3)
  })
/** The rest lies below its rim. */
const coverage = Uint8Array.from({ length: size * size }, (_, i) => (i >= (size * size) / 2 ? 1 : 0))

describe('meetFace', () => {
  test('gives the rest the face’s colour at the rim, and leaves it alone further off', () => {
    const rest = image((_x, _y, c) => 3 + c)
    const before = rest.slice()
    meetFace(
      rest,
      coverage,
      image((x) => fromLog(x < size / 2 ? 4 : 5)),
      line,
      size,
    )
    const at = (x: number, y: number, c: number) => rest[3 * (y * size + x) + c]
    for (const c of [0, 1, 2]) {
      // The first texel's centre lies a little behind the rim.
      expect(Math.abs(at(40, size / 2, c) - 4)).toBeLessThan(0.1)
      expect(Math.abs(at(200, size / 2, c) - 5)).toBeLessThan(0.1)
      // .7 cm are four texels here.
      expect(at(40, size / 2 + 5, c)).toBe(3 + c)
    }
    // Beyond the charts nothing changes.
    for (let k = 0; k < (3 * size * size) / 2; k++) expect(rest[k]).toBe(before[k])
  })

  test('changes nothing where there is no step', () => {
    const rest = image(() => 4)
    meetFace(
      rest,
      coverage,
      image(() => fromLog(4)),
      line,
      size,
    )
    for (const value of rest) expect(Math.abs(value - 4)).toBeLessThan(1e-6)
  })
})
