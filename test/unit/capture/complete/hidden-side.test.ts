import { describe, expect, it } from 'vitest'
import { hiddenSide } from '../../../../client/capture/complete/hidden-side.ts'
import { type InitialMethod, initialTexture } from '../../../../client/capture/complete/initial.ts'
import { texelSources } from '../../../../client/capture/unwrap/texel-sources.ts'
import { Evidence } from '../../../../client/face/evidence.ts'
import { inMouthChart } from '../../../../client/face/mouth-chart.ts'
import type { Unwrap } from '../../../../client/face/types.ts'
import { toLog } from '../../../../client/image/log-texture.ts'
import { psnr } from '../../../../client/image/measure.ts'
import { randomArray } from '../../../support/random.ts'
import { madeUpFace } from './made-up-face.ts'

const methods: InitialMethod[] = ['hidden-side', 'mirror']

describe('hiddenSide', () => {
  it('keeps the photo where that is sure, is 0 beside the charts and finite between', () => {
    const { unwrap } = madeUpFace()
    const { log, gain } = hiddenSide(unwrap)
    const { fixed } = texelSources(unwrap)
    const seen = toLog(unwrap.sampled)
    for (let k = 0; k < log.length; k++) {
      const i = Math.floor(k / 3)
      if (fixed[i]) expect(log[k]).toBe(seen[k])
      else if (!unwrap.coverage[i]) expect(log[k]).toBe(0)
      else expect(log[k]).toBeGreaterThan(2)
      expect(log[k]).toBeLessThan(6)
    }
    expect(fixed.reduce((sum, value) => sum + value)).toBeGreaterThan(4000)
    expect(gain).toBeGreaterThanOrEqual(0)
    expect(gain).toBeLessThanOrEqual(1)
  })

  it('has the detail of the mirror image in the light of its own side', () => {
    const { unwrap, truth } = madeUpFace({ light: 0.9 })
    const { log } = hiddenSide(unwrap)
    const at = (u: number, v: number) => 3 * (Math.floor(v * 128) * 128 + Math.floor(u * 128))
    // Freckled skin of the hidden cheek: differences between neighbours are those of the truth.
    const wanted = toLog(truth)
    let [agreeing, total] = [0, 0]
    for (let u = 0.1; u < 0.2; u += 1 / 128)
      for (let v = 0.5; v < 0.65; v += 1 / 128) {
        const [step, truly] = [log, wanted].map((image) => image[at(u, v) + 3] - image[at(u, v)])
        total++
        if (Math.sign(step) === Math.sign(truly)) agreeing++
      }
    expect(agreeing / total).toBeGreaterThan(0.85)
  })

  it.each([
    [0.9, 40],
    [-0.9, 40],
    [0.9, -30],
  ])(
    'is closer to the truth than the mirror under light %d from the side, turned by %d degrees',
    (light, yaw) => {
      const { unwrap, truth, hidden } = madeUpFace({ light, yaw })
      const [screened, plain] = methods.map((method) =>
        psnr(initialTexture(unwrap, { method }).content, truth, 3, hidden),
      )
      expect(screened).toBeGreaterThan(plain + 2)
    },
  )

  it('learns from the photo how far to follow the mirror', () => {
    const harsh = initialTexture(madeUpFace({ light: 0.9, yaw: 20 }).unwrap, { method: 'hidden-side' })
    const even = initialTexture(madeUpFace({ light: 0, yaw: 20 }).unwrap, { method: 'hidden-side' })
    expect(harsh.gain).toBeGreaterThanOrEqual(0)
    expect(even.gain).toBeLessThanOrEqual(1)
    expect(even.gain).toBeGreaterThan(harsh.gain ?? 1)
  })

  it('has teeth in a mouth that is open and covered, and no light line between closed lips', () => {
    const { unwrap } = madeUpFace()
    const { size } = unwrap
    const place = (i: number) => [((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size] as const
    const chart = [...unwrap.coverage.keys()].filter((i) => inMouthChart(...place(i)))
    for (const i of chart) {
      unwrap.coverage[i] = 1
      unwrap.features[i] = 1
      unwrap.normals.set([0, 0, 1], 3 * i)
    }
    const middle = (content: Float32Array) => {
      const row = chart.filter((i) => Math.abs(place(i)[1] - 0.925) < 0.01)
      return row.reduce((sum, i) => sum + content[3 * i + 1], 0) / row.length
    }
    const skin = unwrap.sampled[3 * (64 * size + 40) + 1]
    const open = initialTexture(unwrap, { method: 'hidden-side' }).content
    expect(middle(open)).toBeGreaterThan(skin)
    const mouthOpening = new Float32Array(size * size).map((_, i) => (inMouthChart(...place(i)) ? 0 : 1))
    const closed = initialTexture({ ...unwrap, mouthOpening }, { method: 'hidden-side' }).content
    expect(middle(closed)).toBeLessThan(0.6 * skin)
  })

  it('is mirrored with the face', () => {
    const { unwrap } = madeUpFace({ size: 64 })
    const n = unwrap.size
    const flip = <T extends Float32Array | Uint8Array>(data: T, channels: number): T =>
      data.map((_, k) => {
        const [i, c] = [Math.floor(k / channels), k % channels]
        return data[(Math.floor(i / n) * n + n - 1 - (i % n)) * channels + c]
      }) as T
    const normals = flip(unwrap.normals, 3).map((value, k) => (k % 3 ? value : -value))
    const flipped: Unwrap = {
      ...unwrap,
      coverage: flip(unwrap.coverage, 1),
      sampled: flip(unwrap.sampled, 3),
      weight: flip(unwrap.weight, 1),
      features: flip(unwrap.features, 1),
      normals,
    }
    const there = initialTexture(unwrap, { method: 'hidden-side' }).content
    const back = flip(initialTexture(flipped, { method: 'hidden-side' }).content, 3)
    for (let i = 0; i < there.length; i++) expect(Math.abs(there[i] - back[i])).toBeLessThan(2e-3)
  })

  it('keeps what a grazing view shows of this side, where the mirror image is seen better but differs', () => {
    const { unwrap, truth } = madeUpFace({ light: 0.2, yaw: 35 })
    const n = unwrap.size
    const spots = (i: number) =>
      i % n < n / 2 ? 1 : 1 + 0.2 * Math.sin(0.6 * (i % n)) * Math.sin(0.5 * (i / n))
    const spotted = truth.map((value, k) => value * spots(Math.floor(k / 3)))
    const sampled = unwrap.sampled.map((value, k) => value && spotted[k])
    const grazed = unwrap.weight.map((w, i) =>
      w > 0.15 && w < 0.85 && i % n > n / 2 && !unwrap.features[i] ? 1 : 0,
    )
    const { content, evidence } = initialTexture({ ...unwrap, sampled }, { method: 'hidden-side' })
    expect(grazed.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(300)
    for (let i = 0; i < grazed.length; i++)
      if (grazed[i] && unwrap.weight[i] < 0.5) expect(evidence[i]).toBe(Evidence.mirrored)
    // 29.9 with the detail of the mirror image.
    expect(psnr(content, spotted, 3, grazed)).toBeGreaterThan(30.2)
  })

  it('does not carry hair at the border of what is seen over all that is not', () => {
    const { unwrap, truth } = madeUpFace({ light: 0, yaw: 0 })
    const row = (i: number) => Math.floor(i / unwrap.size) / unwrap.size
    const weight = unwrap.weight.map((w, i) => (row(i) < 0.2 ? 0 : w))
    const sampled = unwrap.sampled.map((value, k) => {
      const at = row(Math.floor(k / 3))
      return at < 0.2 ? 0 : at < 0.24 ? 0.02 : value
    })
    const { content, evidence } = initialTexture({ ...unwrap, sampled, weight }, { method: 'hidden-side' })
    const forehead = unwrap.coverage.map((inside, i) => (inside && row(i) < 0.1 ? 1 : 0))
    for (let i = 0; i < forehead.length; i++) if (forehead[i]) expect(evidence[i]).toBe(Evidence.none)
    expect(psnr(content, truth, 3, forehead)).toBeGreaterThan(20)
    const plain = initialTexture({ ...unwrap, sampled, weight }, { method: 'mirror' }).content
    expect(psnr(plain, truth, 3, forehead)).toBeLessThan(16)
  })

  it('goes on with the grain of the skin where neither side shows anything', () => {
    const { unwrap } = madeUpFace({ size: 256, yaw: 10, light: 0.2 })
    const noise = randomArray(256 * 256, 3, -0.04, 0.04)
    const chin = (i: number) => Math.floor(i / 256) > 200
    const weight = unwrap.weight.map((w, i) => (chin(i) ? 0 : w))
    const roughness = (grainy: boolean) => {
      const sampled = unwrap.sampled.map((value, k) => {
        const i = Math.floor(k / 3)
        return chin(i) ? 0 : Math.min(1, value * (grainy ? 1 + noise[i] : 1))
      })
      const { content } = initialTexture({ ...unwrap, weight, sampled }, { method: 'hidden-side' })
      let sum = 0
      for (let x = 100; x < 156; x++)
        for (let y = 215; y < 230; y++)
          sum += Math.abs(content[3 * (y * 256 + x)] - content[3 * (y * 256 + x + 1)])
      return sum / (56 * 15)
    }
    expect(roughness(true)).toBeGreaterThan(1.4 * roughness(false))
  })

  it('draws eyes and lips where neither side shows them', () => {
    const { unwrap } = madeUpFace({ size: 256, yaw: 10, light: 0.2 })
    const inBand = (i: number) => {
      const v = Math.floor(i / 256) / 256
      return (v > 0.22 && v < 0.46) || (v > 0.63 && v < 0.8)
    }
    const weight = unwrap.weight.map((w, i) => (inBand(i) ? 0 : w))
    const sampled = unwrap.sampled.map((value, k) => (inBand(Math.floor(k / 3)) ? 0 : value))
    const { content, evidence } = initialTexture({ ...unwrap, weight, sampled }, { method: 'hidden-side' })
    const at = (u: number, v: number) => 3 * (Math.floor(v * 256) * 256 + Math.floor(u * 256))
    for (const u of [0.347, 1 - 0.347]) {
      expect(evidence[at(u, 0.38) / 3]).toBe(Evidence.none)
      expect(content[at(u, 0.38)]).toBeLessThan(0.6 * content[at(u, 0.44)])
    }
    const redness = (k: number) => content[k] / content[k + 1]
    expect(redness(at(0.47, 0.717))).toBeGreaterThan(1.08 * redness(at(0.47, 0.79)))
  })

  it('draws them in grey in a black and white photo', () => {
    const { unwrap } = madeUpFace({ size: 128, yaw: 10, light: 0.2 })
    // The mouth and one brow are hidden.
    const hidden = (i: number) => {
      const [u, v] = [(i % 128) / 128, Math.floor(i / 128) / 128]
      return v > 0.63 || (v < 0.3 && u < 0.5)
    }
    const weight = unwrap.weight.map((w, i) => (hidden(i) ? 0 : w))
    const sampled = unwrap.sampled.map((_, k) =>
      weight[Math.floor(k / 3)] ? unwrap.sampled[k - (k % 3) + 1] : 0,
    )
    const { content } = initialTexture({ ...unwrap, weight, sampled }, { method: 'hidden-side' })
    for (let k = 0; k < content.length; k += 3) {
      expect(Math.abs(content[k] - content[k + 1])).toBeLessThan(1 / 255)
      expect(Math.abs(content[k + 2] - content[k + 1])).toBeLessThan(1 / 255)
    }
  })
})
