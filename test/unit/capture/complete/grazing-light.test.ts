import { describe, expect, test } from 'vitest'
import { grazingLight } from '../../../../client/capture/complete/grazing-light.ts'
import { toLog } from '../../../../client/image/log-texture.ts'

const size = 64
const texels = size * size
const coverage = new Uint8Array(texels).fill(1)
const grey = (level: number) => new Float32Array(3 * texels).fill(level)
const everywhere = new Uint8Array(texels).fill(1)

/** A glimpse of `colour` on the right half. */
function glimpse(colour: readonly number[]) {
  const weight = Float32Array.from({ length: texels }, (_, i) => (i % size >= size / 2 ? 1 : 0))
  const sampled = Float32Array.from(
    { length: 3 * texels },
    (_, k) => colour[k % 3] * weight[Math.floor(k / 3)],
  )
  return { size, coverage, grazing: { weight, sampled } }
}

describe('the light of a grazing view', () => {
  const target = toLog(grey(0.5))
  const right = 3 * (32 * size + 56)
  const left = 3 * (32 * size + 8)

  test('moves the expectation where it is seen, and nowhere else', () => {
    const darker = toLog(grey(0.45))
    const { target: moved, certainty } = grazingLight(glimpse([0.45, 0.45, 0.45]), target, everywhere)
    expect(moved[right]).toBeCloseTo(darker[right], 1)
    expect(moved[right]).toBeLessThan(target[right])
    expect(moved[left]).toBeCloseTo(target[left], 3)
    expect(certainty[right / 3]).toBeGreaterThan(0.8)
    expect(certainty[left / 3]).toBeLessThan(0.01)
  })

  test('leaves out what is far too dark or of another tint: hair, background', () => {
    for (const colour of [
      [0.15, 0.15, 0.15],
      [0.6, 0.45, 0.35],
    ]) {
      const { target: moved, certainty } = grazingLight(glimpse(colour), target, everywhere)
      expect(moved[right]).toBeCloseTo(target[right], 6)
      expect(certainty[right / 3]).toBe(0)
    }
  })

  test('moves only the texels that are wanted', () => {
    const upper = everywhere.map((_, i) => (i < texels / 2 ? 1 : 0))
    const { target: moved } = grazingLight(glimpse([0.45, 0.45, 0.45]), target, upper)
    const below = 3 * (56 * size + 56)
    expect(moved[below]).toBe(target[below])
    expect(moved[3 * (8 * size + 56)]).toBeLessThan(target[below])
  })

  test('keeps the expectation where nothing is known', () => {
    const { target: kept, certainty } = grazingLight({ size, coverage }, target, everywhere)
    expect(kept).toBe(target)
    expect(certainty.every((value) => value === 0)).toBe(true)
  })
})
