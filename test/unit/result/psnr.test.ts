import { describe, expect, it } from 'vitest'
import { renderedPsnr } from '../../../client/result/psnr.ts'
import { psnrCeiling } from '../../../worker/contract/visible-psnr.ts'

/** A view of P x P pixels that look at the texel centres of an N x N texture, N = P. */
function identityView(size: number, photo: Float32Array) {
  const uv = new Float32Array(size * size * 2)
  for (let i = 0; i < size * size; i++) {
    uv[2 * i] = ((i % size) + 0.5) / size
    uv[2 * i + 1] = (Math.floor(i / size) + 0.5) / size
  }
  return { photo, uv, mask: new Float32Array(size * size).fill(1) }
}
const ramp = Float32Array.from({ length: 4 * 4 * 3 }, (_, i) => i / 48)

describe('renderedPsnr', () => {
  it('caps identical images at the ceiling', () => {
    expect(renderedPsnr(identityView(4, ramp), ramp)).toBe(psnrCeiling)
  })

  it('is 20 dB for an error of a tenth everywhere', () => {
    expect(
      renderedPsnr(
        identityView(
          4,
          ramp.map((v) => v + 0.1),
        ),
        ramp,
      ),
    ).toBeCloseTo(20, 4)
  })

  it('looks bilinearly between texel centres', () => {
    const texture = new Float32Array([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1])
    const view = {
      photo: new Float32Array([0.25, 0.25, 0.25]),
      uv: new Float32Array([0.375, 0.6]),
      mask: new Float32Array([1]),
    }
    expect(renderedPsnr(view, texture)).toBe(psnrCeiling)
  })

  it('ignores what the mask leaves out, even where UVs are undefined there', () => {
    const view = identityView(4, ramp.slice())
    view.photo.fill(9, 0, 3)
    view.uv.fill(Number.NaN, 0, 2)
    view.mask[0] = 0
    expect(renderedPsnr(view, ramp)).toBe(psnrCeiling)
  })

  it('is null where nothing is seen', () => {
    const view = identityView(4, ramp)
    view.mask.fill(0)
    expect(renderedPsnr(view, ramp)).toBeNull()
  })

  it('refuses what is not a square texture', () => {
    expect(() => renderedPsnr(identityView(4, ramp), new Float32Array(10))).toThrow('no square RGB image')
  })
})
