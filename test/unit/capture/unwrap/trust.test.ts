import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../../client/capture/mesh/rasterize.ts'
import { outlineTrust } from '../../../../client/capture/unwrap/trust.ts'

const size = 100

/** A mesh seen as a disc of 40 pixels of the crop. */
const disc = {
  triangle: Int32Array.from({ length: size * size }, (_, i) =>
    Math.hypot((i % size) + 0.5 - 50, Math.floor(i / size) + 0.5 - 50) < 40 ? 0 : -1,
  ),
} as Raster

/** Trust at a distance inside of the disc's outline, in pixels of the photo. */
const at = (step: number, interOcular: number) => {
  const trust = outlineTrust(disc, { size, step }, interOcular)
  return (inside: number) => trust[50 * size + Math.floor(50 + 40 - inside / step)]
}

describe('near the outline of a face', () => {
  it('what is seen is mixed with what is behind, over some pixels of the photo', () => {
    for (const step of [0.25, 1]) {
      const trust = at(step, 200)
      expect(trust(-2)).toBe(0)
      expect(trust(0.6)).toBeLessThan(0.1)
      expect(trust(6)).toBe(1)
    }
  })

  it('no more of a small face than a share is lost', () => {
    expect(at(0.25, 60)(4)).toBe(1)
    expect(at(0.25, 200)(2)).toBeLessThan(0.5)
  })
})
