import { describe, expect, test } from 'vitest'
import { scalpColour } from '../../../../client/head/hair/scalp-colour.ts'

const log = (level: number) => Math.log(level + 8)

describe('scalpColour', () => {
  const size = 64
  const weight = new Float32Array(size * size).fill(1)
  const picture = (colour: (i: number) => number[]) =>
    Float32Array.from({ length: 3 * size * size }, (_, k) => colour(Math.floor(k / 3))[k % 3] / 255)
  const onScalp = (i: number) => i < (size * size) / 2
  const nothing = new Float32Array(size * size)

  test('is the middle of what is no skin on the scalp, below it nothing counts', () => {
    const sampled = picture((i) => (onScalp(i) ? [60, 40, 20] : [250, 0, 0]))
    const { middle, spread } = scalpColour({ weight, sampled, size }, nothing, onScalp, log(150))!
    expect(middle.map((value) => Math.round(Math.exp(value) - 8))).toEqual([60, 40, 20])
    expect(spread).toBeCloseTo(0, 4)
  })

  test('is no highlight and no sky as long as there is something darker', () => {
    const sampled = picture((i) => (i % 3 ? [240, 245, 250] : [60, 40, 20]))
    const hair = scalpColour({ weight, sampled, size }, nothing, onScalp, log(150))!
    expect(Math.round(Math.exp(hair.middle[0]) - 8)).toBe(60)
    const white = scalpColour(
      { weight, sampled: picture(() => [240, 245, 250]), size },
      nothing,
      onScalp,
      log(150),
    )!
    expect(Math.round(Math.exp(white.middle[0]) - 8)).toBe(240)
  })

  test('is not told where the scalp is skin, or is not seen', () => {
    const sampled = picture(() => [60, 40, 20])
    expect(scalpColour({ weight, sampled, size }, weight, onScalp, log(150))).toBeNull()
    expect(scalpColour({ weight: nothing, sampled, size }, nothing, onScalp, log(150))).toBeNull()
  })
})
