import { beforeAll, describe, expect, test } from 'vitest'
import type { HairColour } from '../../../../client/head/hair/hair-colour.ts'
import { hairMap } from '../../../../client/head/hair/hair-map.ts'
import { litHair } from '../../../../client/head/hair/lit-hair.ts'
import { brown, type DrawnPerson, drawnPerson, eyes } from '../drawn-person.ts'
import { placeOf } from '../drawn-view.ts'
import { ball } from './ball.ts'

/** Hair all around the head. */
const hair = ball(10.5, 24, [0, eyes, -4])
const opacity = new Float32Array(hair.openness.length).fill(1)
const chosen = (is: (x: number, y: number, z: number) => boolean) =>
  [...opacity.keys()].filter((v) => {
    const [x, y, z] = hair.positions.subarray(3 * v, 3 * v + 3)
    return is(x, y - eyes, z)
  })
const front = (sign: number) => chosen((x, y, z) => sign * x > 4 && y > 5 && z > -3)
const back = chosen((_, y, z) => z < -11 && y > 0)

let person: DrawnPerson
beforeAll(async () => {
  person = await drawnPerson({ colours: brown, thick: 2.5 })
})

/** @param times how much brighter the photo is on its right */
function lit(times: number, colour?: HairColour) {
  const { view, places, regions } = person
  const bright = view.colour.map((value, k) => (placeOf(Math.floor(k / 3))[0] > 0 ? times * value : value))
  const shown = { ...view, colour: bright }
  const map = hairMap(shown, regions, places, eyes)
  const found = colour ?? map.colour!
  const at = { eyes, chin: -8, side: 7 }
  return litHair(hair, opacity, found, {
    view: shown,
    map: colour ? { ...map, colour: null } : map,
    at,
  })
}
const mean = (colours: Float32Array, of: number[]) =>
  of.reduce((sum, v) => sum + colours[4 * v + 1], 0) / of.length

describe('litHair', () => {
  test('is brighter where the photo’s hair is, on the side that it shows', () => {
    const even = lit(1).colours
    expect(front(1).length).toBeGreaterThan(3)
    expect(mean(even, front(1)) / mean(even, front(-1))).toBeCloseTo(1, 1)
    const { colours } = lit(1.5)
    // Linear light: 1.5 times the encoded value, less the offset of the log domain.
    expect(mean(colours, front(1)) / mean(colours, front(-1))).toBeGreaterThan(1.45)
    expect(mean(colours, front(1)) / mean(colours, front(-1))).toBeLessThan(2.6)
  })

  test('keeps the back to how much of the sky it sees', () => {
    const { colours } = lit(1.5)
    const sides = [1, -1].map((sign) => back.filter((v) => sign * hair.positions[3 * v] > 1))
    expect(mean(colours, sides[0]) / mean(colours, sides[1])).toBeCloseTo(1, 2)
  })

  test('only darkens: what is brighter than the usual colour is in the texture’s', () => {
    const [even, bright] = [lit(1), lit(1.5)]
    expect(Math.max(...bright.colours)).toBe(1)
    const level = ({ colour }: typeof even) => colour.shades[0][1] - colour.middle[1]
    expect(level(bright)).toBeLessThanOrEqual(0)
    expect(bright.colour.middle[1]).toBeGreaterThan(even.colour.middle[1])
  })

  test('has nothing of the photo’s where its hair has no colour', () => {
    const grey = [Math.log(88), Math.log(88), Math.log(88)] as const
    const { colours } = lit(1.5, { middle: grey, spread: 1, shades: [grey] })
    expect(mean(colours, front(1)) / mean(colours, front(-1))).toBeCloseTo(1, 2)
  })
})
