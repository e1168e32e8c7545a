import { expect, test } from 'vitest'
import { hairColour } from '../../../../client/head/hair/hair-colour.ts'

const log = (level: number) => Math.log(level + 8)
/** Greys of these levels, one a pixel. */
const greys = (levels: readonly number[]) => ({
  colour: Float32Array.from(levels.flatMap((level) => [level, level, level])),
  pixels: [...levels.keys()],
})

test('is the median of each channel where all is alike', () => {
  const colour = Float32Array.from({ length: 300 }, (_, k) => [60, 40, 20][k % 3])
  const { middle, spread } = hairColour(colour, [...Array(100).keys()])!
  expect(middle.map((value) => Math.round(Math.exp(value) - 8))).toEqual([60, 40, 20])
  expect(spread).toBeCloseTo(0, 6)
})

test('is as bright as 45% of it, from its darker to its brighter tenth', () => {
  const { colour, pixels } = greys(Array.from({ length: 100 }, (_, i) => 20 + i))
  const { middle, spread } = hairColour(colour, pixels)!
  expect(middle[1]).toBeCloseTo(log(65), 5)
  expect(spread).toBeCloseTo(log(110) - log(30), 5)
})

test('counts only the pixels that it is given, and says nothing of few', () => {
  const { colour, pixels } = greys([...Array(100).fill(30), ...Array(900).fill(250)])
  expect(hairColour(colour, pixels.slice(0, 100))!.middle[0]).toBeCloseTo(log(30), 6)
  expect(hairColour(colour, pixels.slice(0, 59))).toBeNull()
})

test('has the colours of dark and of bright strands, not their mixture', () => {
  const strands = [...Array(100).fill([60, 40, 10]), ...Array(100).fill([160, 150, 130])]
  const colour = Float32Array.from(strands.flat())
  const { shades } = hairColour(colour, [...Array(200).keys()])!
  const encoded = (shade: readonly number[]) => shade.map((value) => Math.round(Math.exp(value) - 8))
  expect(encoded(shades[0])).toEqual([60, 40, 10])
  expect(encoded(shades[shades.length - 1])).toEqual([160, 150, 130])
})
