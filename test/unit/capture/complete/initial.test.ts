import { describe, expect, it } from 'vitest'
import { type InitialMethod, initialTexture } from '../../../../client/capture/complete/initial.ts'
import { Evidence } from '../../../../client/face/evidence.ts'
import { psnr } from '../../../../client/image/measure.ts'
import { madeUpFace } from './made-up-face.ts'

const methods: InitialMethod[] = ['hidden-side', 'mirror']

describe.each(methods)('initialTexture by %s', (method) => {
  const { unwrap, truth, hidden } = madeUpFace()
  const result = initialTexture(unwrap, { method })

  it('keeps the texels that the photo shows well exactly', () => {
    let locked = 0
    for (let i = 0; i < hidden.length; i++) {
      if (unwrap.weight[i] < 1) continue
      locked++
      for (let c = 0; c < 3; c++) expect(result.content[i * 3 + c]).toBe(unwrap.sampled[i * 3 + c])
    }
    expect(locked).toBeGreaterThan(4000)
  })

  it('says where each texel comes from', () => {
    const n = unwrap.size
    for (let i = 0; i < hidden.length; i++) {
      const w = unwrap.weight[i]
      const m = unwrap.weight[Math.floor(i / n) * n + n - 1 - (i % n)]
      if (!unwrap.coverage[i] || (w <= 0.1 && m <= 0.1)) expect(result.evidence[i]).toBe(Evidence.none)
      else if (w === 1 || m <= 0.1) expect(result.evidence[i]).toBe(Evidence.own)
      else if (w < 0.6 && w < m) expect(result.evidence[i]).toBe(Evidence.mirrored)
    }
  })

  it('is a finite colour everywhere, neither black nor glaring, also beyond the charts', () => {
    const lowest = truth.reduce(
      (least, value, i) => (unwrap.coverage[Math.floor(i / 3)] ? Math.min(least, value) : least),
      1,
    )
    for (const value of result.content) {
      expect(value).toBeGreaterThan(lowest / 3)
      expect(value).toBeLessThanOrEqual(1)
    }
  })

  it('resembles the truth where the photo shows nothing', () => {
    expect(psnr(result.content, truth, 3, hidden)).toBeGreaterThan(12)
  })
})

describe('the initial texture', () => {
  it('keeps the background behind the outline out of grazing texels', () => {
    const { unwrap, truth } = madeUpFace({ light: 0.2, yaw: 25 })
    const outline = unwrap.weight.map((w, i) =>
      w > 0 && w < 0.4 && i % unwrap.size > unwrap.size / 2 ? 1 : 0,
    )
    const sampled = unwrap.sampled.map((value, k) => (outline[Math.floor(k / 3)] ? 1 : value))
    const { content } = initialTexture({ ...unwrap, sampled }, { method: 'hidden-side' })
    const blended = sampled.map((value, k) => {
      const w = unwrap.weight[Math.floor(k / 3)]
      return value * w + truth[k] * (1 - w)
    })
    expect(psnr(blended, truth, 3, outline)).toBeLessThan(18)
    expect(psnr(content, truth, 3, outline)).toBeGreaterThan(24)
  })

  it('uses no mirror on a layout without symmetry', () => {
    const { unwrap, hidden } = madeUpFace({ symmetric: false })
    const { evidence, gain, content } = initialTexture(unwrap, { method: 'hidden-side' })
    expect(gain).toBeNull()
    for (let i = 0; i < hidden.length; i++) if (hidden[i]) expect(evidence[i]).toBe(Evidence.none)
    expect(content.every((value) => value > 0.004 && value <= 1)).toBe(true)
  })

  it('survives a photo that shows hardly anything, or nothing', () => {
    const { unwrap } = madeUpFace({ size: 64 })
    for (const keep of [0, 20]) {
      const weight = unwrap.weight.map((w, i) => (i % 64 < 20 + keep && i % 64 > 20 && i > 64 * 30 ? w : 0))
      const sampled = unwrap.sampled.map((value, k) => (weight[Math.floor(k / 3)] ? value : 0))
      for (const method of methods) {
        const { content } = initialTexture({ ...unwrap, weight, sampled }, { method })
        expect(content.every((value) => value > 0.004 && value <= 1)).toBe(true)
        // Nothing at all is a grey face.
        if (!keep) expect(content.toSorted()[content.length >> 1]).toBeCloseTo(120 / 255, 1)
      }
    }
  })
})
