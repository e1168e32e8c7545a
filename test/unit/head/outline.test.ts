import { describe, expect, test } from 'vitest'
import { between, filled, growth, middleOf, outlineRatios } from '../../../client/head/outline.ts'
import { drawnView, mask, oval } from './drawn-view.ts'

const eyes = 2.5
const limits = { least: 0.7, most: 1.5 }
const black = { colour: () => [0, 0, 0] as const }
const view = drawnView(black)
/** An oval around the middle that the rays begin at, and a neck. */
const headOf = (times: number) =>
  mask((x, y) => oval(x, y, eyes, 8 * times, 10 * times) || (Math.abs(x) < 5 && y < 0 && y > -14))

describe('outlineRatios', () => {
  test.each([0.85, 1, 1.2])('of an outline %s times the model’s', (times) => {
    const { ratios, mean } = outlineRatios(view, headOf(times), headOf(1), eyes, limits)!
    for (const ratio of ratios) expect(Math.abs(ratio - times)).toBeLessThan(0.02)
    expect(mean).toBeCloseTo(times - 1, 1)
  })

  test('of one that is larger on one side alone', () => {
    const aside = mask((x, y) => oval(x, y, eyes, x > 0 ? 9.6 : 8, 10))
    const { ratios } = outlineRatios(view, aside, headOf(1), eyes, limits)!
    const middle = (ratios.length - 1) / 2
    // Every 4 degrees from the left: a quarter turn from the top lie the sides.
    const at = (degrees: number) => ratios[middle + degrees / 4]
    expect(at(88)).toBeCloseTo(1.2, 1)
    expect(at(-88)).toBeCloseTo(1, 1)
    expect(Math.abs(at(0) - 1)).toBeLessThan(0.03)
  })

  test('keeps within the limits', () => {
    const { ratios } = outlineRatios(view, headOf(1.4), headOf(1), eyes, { least: 0.9, most: 1.1 })!
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1.1, 6)
  })

  test('does not follow what is much larger, or beyond the picture, but what is seen beside it', () => {
    // Something that three rays lie within.
    const beyond = mask((x, y) => oval(x, y, eyes, 9.6, 12) || (Math.abs(x) < 0.1 * (y - eyes) && y < 20))
    const behind = outlineRatios(view, beyond, headOf(1), eyes, limits)!
    for (const ratio of behind.ratios) expect(Math.abs(ratio - 1.2)).toBeLessThan(0.04)
    const cut = drawnView({ ...black, shown: (_, y) => y < eyes + 8 })
    const seen = outlineRatios(cut, headOf(1.2), headOf(1), eyes, limits)!
    for (const ratio of seen.ratios) expect(Math.abs(ratio - 1.2)).toBeLessThan(0.03)
  })

  test('does not reach over a gap to something else', () => {
    const halo = mask(
      (x, y) => oval(x, y, eyes, 8, 10) || (!oval(x, y, eyes, 9, 11) && oval(x, y, eyes, 10, 12)),
    )
    const { ratios } = outlineRatios(view, halo, headOf(1), eyes, limits)!
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.02)
  })

  test('says nothing of a head that is hardly seen', () => {
    const cut = drawnView({ ...black, shown: (x) => x < -7 })
    expect(outlineRatios(cut, headOf(1), headOf(1), eyes, limits)).toBeNull()
    expect(outlineRatios(view, new Uint8Array(headOf(1).length), headOf(1), eyes, limits)).toBeNull()
  })
})

describe('growth', () => {
  const outline = { ratios: new Float64Array(59).fill(1.2), mean: 0.1 }
  const [, y, z] = middleOf(eyes)
  const of = (x: number, up: number, towards: number, turned = view) =>
    growth(Float32Array.of(x, y + up, z + towards), outline, turned, eyes)[0]

  test('is as the outline says at the outline, by less where the camera does not see', () => {
    expect(of(0, 10, 0)).toBeCloseTo(0.2, 6)
    expect(of(8, 3, 0)).toBeCloseTo(0.2, 6)
    // Towards the viewer and behind: .7 of the mean.
    expect(of(0, 2, 20)).toBeCloseTo(0.07, 6)
    expect(of(0, 2, -20)).toBeCloseTo(0.07, 6)
  })

  test('fades from the eyes down', () => {
    expect(of(8, -4, 0)).toBe(0)
    expect(of(8, -1, 0)).toBeGreaterThan(0.05)
    expect(of(8, -1, 0)).toBeLessThan(0.15)
  })

  test('is that of the head as the camera sees it', () => {
    const side = { ...outline, ratios: outline.ratios.map((_, k) => (k > 29 ? 1.2 : 1)) }
    const at = (yaw: number) => growth(Float32Array.of(0, y + 3, z + 8), side, drawnView(black, yaw), eyes)[0]
    // What looks at the camera turns to the image's right, or to its left.
    expect(at(80)).toBeCloseTo(0.2, 2)
    expect(at(-80)).toBeLessThan(0.01)
  })
})

test('between two entries of a list, and at its ends', () => {
  const list = Float64Array.of(1, 3, 7)
  expect([-2, 0, 0.5, 1.75, 2, 9].map((place) => between(list, place))).toEqual([1, 1, 2, 6, 7, 7])
  expect(between(Float64Array.of(4), 3)).toBe(4)
})

test('what is unknown takes the nearest known value', () => {
  // Hardly smoothed.
  expect([...filled([null, 2, null, null, null, 6], 0.1)].map((value) => Math.round(value))).toEqual([
    2, 2, 2, 2, 6, 6,
  ])
  expect([...filled([null, null], 1)]).toEqual([1, 1])
  const smooth = filled([0, 0, 0, 1, 0, 0, 0], 1)
  expect(smooth[3]).toBeCloseTo(0.4, 1)
  expect(smooth[2]).toBeCloseTo(smooth[4], 9)
})
