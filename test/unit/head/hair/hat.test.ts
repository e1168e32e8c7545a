import { describe, expect, test } from 'vitest'
import type { LogColour } from '../../../../client/head/hair/hair-colour.ts'
import { isHat } from '../../../../client/head/hair/hat.ts'

type Rgb = readonly [number, number, number]
const log = (rgb: Rgb): LogColour => [Math.log(rgb[0] + 8), Math.log(rgb[1] + 8), Math.log(rgb[2] + 8)]
const skin = Math.log(150 + 8)
/** Of one colour, lit from dark to bright. */
const lit = (rgb: Rgb, spread = 0.8) => ({
  middle: log(rgb),
  spread,
  shades: [0.5, 0.75, 1, 1.2].map((times) => log([times * rgb[0], times * rgb[1], times * rgb[2]])),
})

describe('hair', () => {
  test.each<[string, Rgb]>([
    ['black', [12, 10, 9]],
    ['brown', [85, 62, 48]],
    ['auburn', [95, 42, 28]],
    ['red', [150, 84, 48]],
    ['blond', [200, 170, 115]],
    ['grey', [140, 138, 141]],
    ['white', [225, 222, 218]],
    ['black in the light of a screen', [28, 30, 40]],
  ])('%s is none', (_, colour) => expect(isHat(lit(colour), skin)).toBe(false))

  test('lit from behind is none: its bright strands are no brighter than skin', () => {
    expect(isHat(lit([40, 30, 24], 2.1), skin)).toBe(false)
  })
})

describe('a hat', () => {
  test.each<[string, Rgb]>([
    ['red', [165, 32, 40]],
    ['orange', [230, 110, 30]],
    ['yellow', [225, 180, 40]],
    ['green', [38, 92, 54]],
    ['navy blue', [28, 36, 78]],
    ['denim', [80, 105, 150]],
    ['purple', [90, 40, 110]],
    ['pink', [226, 120, 160]],
  ])('is told if it is %s', (_, colour) => expect(isHat(lit(colour), skin)).toBe(true))

  test('is told if it is black with a bright badge', () => {
    expect(isHat(lit([14, 13, 16], 3), skin)).toBe(true)
  })
})
