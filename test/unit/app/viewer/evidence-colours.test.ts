import { expect, test } from 'vitest'
import { evidenceColours, sourceColours } from '../../../../client/app/viewer/evidence-colours.ts'
import { Evidence } from '../../../../client/face/evidence.ts'

const { none, own, mirrored, external } = Evidence
/** A texture of one level of grey. */
const grey = (width: number, height: number, level: number) => ({
  size: height,
  data: new Uint8ClampedArray(4 * width * height).map((_, k) => (k % 4 === 3 ? 255 : level)),
})
const texel = (data: Uint8ClampedArray, i: number) => [...data.slice(4 * i, 4 * i + 3)]

test('each source has its colour, whatever the skin’s', () => {
  const evidence = Uint8Array.of(own, mirrored, external, own)
  const { size, data } = evidenceColours(grey(2, 2, 255), evidence)
  expect(size).toBe(2)
  expect(texel(data, 0)).toEqual([...sourceColours.own])
  expect(texel(data, 1)).toEqual([...sourceColours.mirrored])
  expect(texel(data, 2)).toEqual([...sourceColours.made])
  expect(data[3]).toBe(255)
})

test('dark skin is dark, and can still be told', () => {
  const [bright, dark] = [255, 0].map((level) => {
    const { data } = evidenceColours(grey(1, 1, level), Uint8Array.of(own))
    return texel(data, 0)
  })
  for (const [c, value] of dark.entries()) {
    expect(value).toBeLessThan(0.7 * bright[c])
    expect(value).toBeGreaterThan(0.3 * bright[c])
  }
})

test('what is known reaches two texels beyond the charts, of a head’s wide texture too, and not around its edges', () => {
  const width = 8
  const evidence = new Uint8Array(4 * width)
  evidence[width] = own
  const { data } = evidenceColours(grey(width, 4, 255), evidence)
  const isOwn = (i: number) => texel(data, i)[2] === sourceColours.own[2]
  expect([0, 1, 2, 3].map((x) => isOwn(width + x))).toEqual([true, true, true, false])
  expect([isOwn(0), isOwn(3 * width), isOwn(width - 1), isOwn(2 * width - 1)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('refuses evidence of another size', () => {
  expect(() => evidenceColours(grey(2, 2, 0), new Uint8Array(3).fill(none))).toThrow(RangeError)
})

/** How much of a colour's light each kind of cone gets: without the long or the medium ones colours must differ as well. */
test('the colours differ in lightness, so that nobody needs their hues', () => {
  const lightness = Object.values(sourceColours)
    .map(([r, g, b]) => 0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2)
    .sort((a, b) => a - b)
  for (let i = 1; i < lightness.length; i++)
    expect((lightness[i] + 0.05) / (lightness[i - 1] + 0.05)).toBeGreaterThan(1.4)
})
