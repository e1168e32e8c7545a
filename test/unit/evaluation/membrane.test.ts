import { describe, expect, it } from 'vitest'
import { initialTexture } from '../../../client/capture/complete/initial.ts'
import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture, Unwrap } from '../../../client/face/types.ts'
import { psnr } from '../../../client/image/measure.ts'
import { membrane } from '../../evaluation/membrane.ts'
import { randomArray } from '../../support/random.ts'

const size = 64
const column = (k: number) => Math.floor(k / 3) % size

/** What membrane() looks at; `sampled` is cut off where the weight is 0, as the unwrap does it. */
function captured(
  texture: Float32Array,
  weight: Float32Array,
  { symmetric = false, coverage = new Uint8Array(size * size).fill(1) } = {},
): Capture {
  const unwrap: Unwrap = {
    ...{ size, coverage, symmetric },
    weight: weight.map((w, i) => w * coverage[i]),
    sampled: texture.map((value, k) => (weight[Math.floor(k / 3)] > 0 ? value : 0)),
    normals: new Float32Array(3 * size * size),
    features: new Uint8Array(size * size),
  }
  for (let i = 0; i < size * size; i++) unwrap.normals[3 * i + 2] = 1
  return { ...unwrap, ...initialTexture(unwrap, { method: 'mirror' }) } as unknown as Capture
}

const at = (texture: Float32Array, x: number, y: number) => [
  ...texture.subarray(3 * (y * size + x), 3 * (y * size + x) + 3),
]
const maskOf = (of: (i: number) => boolean) => Uint8Array.from({ length: size * size }, (_, i) => +of(i))

describe('membrane over all that the photo does not show', () => {
  // Seen at the left and at the right, with one colour each.
  const [left, right] = [
    [0.2, 0.3, 0.4],
    [0.8, 0.5, 0.1],
  ]
  const [from, to] = [20, 43]
  const bands = Float32Array.from({ length: 3 * size * size }, (_, k) =>
    column(k) < size / 2 ? left[k % 3] : right[k % 3],
  )
  const seen = Float32Array.from({ length: size * size }, (_, i) =>
    i % size <= from || i % size >= to ? 1 : 0,
  )
  const filled = membrane(captured(bands, seen), null)

  it('goes evenly, in the log domain, from one known colour to the other', () => {
    const log = (value: number) => Math.log(255 * value + 8)
    for (const y of [0, 31, 63])
      for (let x = from; x <= to; x++)
        for (let c = 0; c < 3; c++) {
          const share = (x - from) / (to - from)
          const expected = log(left[c]) + share * (log(right[c]) - log(left[c]))
          expect(log(at(filled, x, y)[c])).toBeCloseTo(expected, 2)
        }
  })

  it('holds what is seen', () => {
    const noisy = bands.map((value, k) => value + randomArray(1, k + 1, -0.1, 0.1)[0])
    const result = membrane(captured(noisy, seen), null)
    for (let k = 0; k < result.length; k++) if (seen[Math.floor(k / 3)]) expect(result[k]).toBe(noisy[k])
  })

  it('takes nothing from the mirror image', () => {
    // The left half is seen and has a stripe; a mirror would repeat it at the right.
    const striped = Float32Array.from({ length: 3 * size * size }, (_, k) =>
      column(k) >= 10 && column(k) < 16 ? 0.1 : 0.6,
    )
    const half = Float32Array.from({ length: size * size }, (_, i) => (i % size < size / 2 ? 1 : 0))
    const both = captured(striped, half, { symmetric: true })
    expect(at(both.content, size - 13, 30)[0]).toBeLessThan(0.2)
    const plain = membrane(both, null)
    for (let x = size / 2; x < size; x++) expect(at(plain, x, 30)[0]).toBeCloseTo(0.6, 2)
  })

  it('blends what is half seen with the fill', () => {
    // A stripe of another colour, half trusted.
    const striped = bands.map((value, k) => (column(k) >= 6 && column(k) < 10 ? 1 : value))
    const half = seen.map((w, i) => (i % size >= 6 && i % size < 10 ? 0.3 : w))
    const [red] = at(membrane(captured(striped, half), null), 8, 30)
    expect(red).toBeGreaterThan(0.3 + 0.7 * left[0])
    expect(red).toBeLessThanOrEqual(1)
  })

  it('is a finite colour where nothing is seen at all', () => {
    const nothing = membrane(captured(bands, new Float32Array(size * size)), null)
    expect(nothing.every((value) => value > 0 && value <= 1)).toBe(true)
  })
})

describe('membrane over what has no evidence', () => {
  // A disc of skin, seen but for a hole in the middle.
  const radius = (i: number) => Math.hypot((i % size) - 31.5, Math.floor(i / size) - 31.5)
  const coverage = maskOf((i) => radius(i) < 30)
  const hole = maskOf((i) => radius(i) < 8)
  const truth = Float32Array.from({ length: 3 * size * size }, (_, k) => 0.4 + (0.2 * column(k)) / size)
  const weight = Float32Array.from({ length: size * size }, (_, i) => (hole[i] ? 0 : 1))
  const capture = captured(truth, weight, { symmetric: true, coverage })
  // Something else was painted everywhere.
  const start = randomArray(3 * size * size, 5, 0.3, 0.7)
  const filled = membrane(capture, start)
  const none = maskOf((i) => coverage[i] === 1 && capture.evidence[i] === Evidence.none)

  it('keeps the evidence bit for bit', () => {
    let kept = 0
    for (let i = 0; i < size * size; i++) {
      if (capture.evidence[i] === Evidence.none) continue
      kept++
      for (let c = 0; c < 3; c++) expect(filled[3 * i + c]).toBe(start[3 * i + c])
    }
    expect(kept).toBeGreaterThan(2000)
  })

  it('fills the rest smoothly from its border', () => {
    expect(none.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(100)
    for (let k = 0; k < filled.length; k++) {
      if (!none[Math.floor(k / 3)]) continue
      // The largest and least values of a harmonic surface lie on its border.
      expect(filled[k]).toBeGreaterThan(0.3)
      expect(filled[k]).toBeLessThan(0.7)
    }
    const middle = 3 * (32 * size + 32)
    const step = (texture: Float32Array) => Math.abs(texture[middle + 3] - texture[middle])
    expect(step(filled)).toBeLessThan(0.01)
    expect(step(filled)).toBeLessThan(step(start))
    expect(psnr(membrane(capture, truth), truth, 3, none)).toBeGreaterThan(40)
  })

  it('pads beyond the charts', () => {
    const corner = filled.subarray(0, 3)
    expect(corner.every((value) => value > 0.3 && value < 0.7)).toBe(true)
    expect([...corner]).not.toEqual([...start.subarray(0, 3)])
  })
})
