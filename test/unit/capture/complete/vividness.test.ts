import { describe, expect, it } from 'vitest'
import { asVividAs, vividness } from '../../../../client/capture/complete/vividness.ts'
import { random } from '../../../../client/image/random.ts'

const texels = 64 * 64

/** A face whose log colours vary around skin: brightness by `contrast`, each ratio of channels by `chroma`. */
function face(contrast: number, chroma: number, { seen = 1, lips = true, cast = 1 } = {}) {
  const { normal } = random(3)
  const log = new Float32Array(3 * texels)
  for (let i = 0; i < texels; i++) {
    const [light, red, blue] = [contrast * normal(), chroma * normal(), chroma * normal()]
    log.set([4.8 + 0.3 * cast + light + red, 4.8 + light, 4.8 - 0.2 * cast + light + blue], 3 * i)
  }
  const weight = Float32Array.from({ length: texels }, (_, i) => (i < seen * texels ? 1 : 0))
  const features = Uint8Array.from({ length: texels }, (_, i) => (i % 64 < 8 ? 1 : 0))
  if (!lips) for (let i = 0; i < texels; i++) if (features[i]) weight[i] = 0
  return vividness({ weight, coverage: new Uint8Array(texels).fill(1), features }, log)
}

describe('vividness', () => {
  it('is 1 of an ordinary photo, and of a more vivid one', () => {
    expect(face(0.2, 0.06)).toEqual({ contrast: 1, chroma: 1 })
    expect(face(0.6, 0.3)).toEqual({ contrast: 1, chroma: 1 })
  })

  it('has no chroma where skin and lips have the same', () => {
    expect(face(0.2, 0).chroma).toBeCloseTo(0, 3)
    expect(face(0.2, 0, { cast: 0 }).chroma).toBeCloseTo(0, 3)
  })

  it('falls with the contrast of a pale print', () => {
    const { contrast, chroma } = face(0.02, 0.006)
    expect(contrast).toBeCloseTo(0.16, 1)
    expect(chroma).toBeCloseTo(0.15, 1)
  })

  it('is judged by the colour of skin where eyes and lips are hidden', () => {
    expect(face(0.1, 0, { lips: false })).toEqual({ contrast: 1, chroma: 1 })
    expect(face(0.1, 0, { lips: false, cast: 0 }).chroma).toBeCloseTo(0, 3)
    expect(face(0.02, 0, { lips: false }).contrast).toBeLessThan(0.5)
  })

  it("is an ordinary photo's where next to nothing is seen", () => {
    expect(face(0.02, 0, { seen: 0.01 })).toEqual({ contrast: 1, chroma: 1 })
  })
})

describe('what is invented', () => {
  const lips = Float32Array.of(0.2, -0.1, 0.1)

  it('stays as it is in an ordinary photo', () => {
    const same = asVividAs({ contrast: 1, chroma: 1 }, lips)
    same.forEach((value, k) => {
      expect(value).toBeCloseTo(lips[k], 6)
    })
  })

  it('is grey in a black and white one, as bright as green was above all', () => {
    const [r, g, b] = asVividAs({ contrast: 1, chroma: 0 }, lips)
    expect([g, b]).toEqual([r, r])
    expect(r).toBeCloseTo(0.299 * 0.2 - 0.587 * 0.1 + 0.114 * 0.1, 6)
  })

  it('is as faint as the photo', () => {
    const [r, g, b] = asVividAs({ contrast: 0.1, chroma: 1 }, lips)
    expect([r, g, b].map((value) => Math.abs(value))).toEqual([r, -g, b])
    expect(r).toBeCloseTo(0.02, 6)
  })
})
