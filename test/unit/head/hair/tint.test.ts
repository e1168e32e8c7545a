import { expect, test } from 'vitest'
import type { HairColour } from '../../../../client/head/hair/hair-colour.ts'
import { tintHair } from '../../../../client/head/hair/tint.ts'

/** Grey strands of these levels, each with an opacity. */
const strands = (levels: number[], alpha: number[] = levels.map(() => 255)) =>
  Uint8ClampedArray.from(levels.flatMap((level, i) => [level, level, level, alpha[i]]))
const log = (level: number) => Math.log(level + 8)
const oneShade = (middle: HairColour['middle'], spread: number): HairColour => ({
  middle,
  spread,
  shades: [middle],
})
const brown = oneShade([log(80), log(50), log(30)], Math.log(2))

test('gives the middle strand the colour of the hair, and keeps opacity', () => {
  const tinted = tintHair(strands([40, 60, 90, 130, 180], [255, 255, 200, 255, 255]), brown)
  expect([...tinted.subarray(8, 12)]).toEqual([80, 50, 30, 200])
})

test("brings the strands' contrast to the photo's", () => {
  // Each strand is twice as bright as the one before, offset included: the tenths are four steps apart.
  const levels = Array.from({ length: 11 }, (_, i) => 8 * 1.4 ** i - 8)
  const tinted = tintHair(strands(levels.map(Math.round)), { ...brown, spread: 4 * Math.log(1.4) })
  const red = (i: number) => tinted[4 * i] + 8
  expect(red(9) / red(1)).toBeCloseTo(Math.exp(4 * Math.log(1.4)), 0)
})

test('keeps the hue of dark strands', () => {
  const tinted = tintHair(strands([10, 30, 60, 120, 200]), { ...brown, spread: 3 })
  for (let i = 0; i < 5; i++) {
    expect(Math.abs(tinted[4 * i + 1] - (50 / 80) * tinted[4 * i])).toBeLessThanOrEqual(1)
    expect(Math.abs(tinted[4 * i + 2] - (30 / 80) * tinted[4 * i])).toBeLessThanOrEqual(1)
  }
})

test("gives strands between the photo's shades their colours: a highlight is paler", () => {
  const shades: HairColour['shades'] = [
    [log(60), log(40), log(10)],
    [log(100), log(80), log(40)],
    [log(160), log(150), log(130)],
  ]
  const colour = { middle: shades[1], spread: 9, shades }
  const tinted = tintHair(strands([46, 46, 100, 180, 180]), colour)
  const pixel = (i: number) => [...tinted.subarray(4 * i, 4 * i + 3)]
  expect(pixel(2)).toEqual([100, 80, 40])
  const redness = (i: number) => (pixel(i)[0] - pixel(i)[2]) / pixel(i)[0]
  expect(redness(0)).toBeGreaterThan(0.7)
  expect(redness(4)).toBeLessThan(0.35)
})

test('leaves nothing burnt out or black beyond its bounds', () => {
  const tinted = tintHair(strands([0, 0, 60, 255, 255]), oneShade([log(80), log(80), log(80)], 5))
  for (let i = 0; i < 5; i++) {
    expect(tinted[4 * i] + 8).toBeLessThanOrEqual(88 * Math.exp(0.9) + 1)
    expect(tinted[4 * i] + 8).toBeGreaterThanOrEqual(88 * Math.exp(-1) - 1)
  }
})

test('gives back what has no strand', () => {
  const clear = strands([10, 20], [0, 0])
  expect(tintHair(clear, brown)).toEqual(clear)
})
