import { beforeAll, describe, expect, test } from 'vitest'
import { fitHair } from '../../../../client/head/hair/fit.ts'
import type { HairMap } from '../../../../client/head/hair/hair-map.ts'
import type { HairSide } from '../../../../client/head/hair/hair-side.ts'
import { brown, chin, type DrawnPerson, drawnPerson, eyes } from '../drawn-person.ts'
import { mask, oval } from '../drawn-view.ts'
import { ball } from './ball.ts'

let person: DrawnPerson
beforeAll(async () => {
  person = await drawnPerson({ colours: brown })
})

const unseen = {
  colour: null,
  hat: false,
  straight: null,
  steady: null,
  hairy: 1,
  thickness: null,
  outline: null,
}
const side = (length: number): HairSide => ({ cover: 1, length, ends: true })

/** What the photo shows: hair where it is said, nothing else around the head. */
function fitted(
  style: { positions: Float32Array; triangles: Uint32Array },
  hair: (x: number, y: number) => boolean,
  falls: boolean,
  sides: HairMap['sides'] = [null, null],
  { view, places, regions }: DrawnPerson = person,
  roll = 0,
): Float32Array {
  const map: HairMap = { ...unseen, sides, hair: mask(hair) }
  return fitHair(style.positions, style.triangles, view, map, regions, places, { eyes, falls, roll })
}

describe('hair on the head', () => {
  /** A cap of 12 cm around the middle of the head's rays: its outline is a circle. */
  const cap = ball(12, 24, [0, eyes, -2])
  /** Distances from the middle on the outline above the eyes, as a share of what they were. */
  const times = (positions: Float32Array, is: (x: number) => boolean = () => true) =>
    [...cap.openness.keys()].flatMap((v) => {
      const [x, y, z] = cap.positions.subarray(3 * v, 3 * v + 3)
      if (Math.abs(z + 2) > 0.01 || y < eyes + 3 || !is(x)) return []
      return [Math.hypot(...[x, y, z].map((_, c) => positions[3 * v + c] - [0, eyes, -2][c])) / 12]
    })

  test.each([
    [1.2, 1.2],
    [0.9, 0.9],
    [1.5, 1.35],
  ])('the photo’s being %s times as large: %s times as far out', (photo, expected) => {
    const positions = fitted(cap, (x, y) => oval(x, y, eyes, 12 * photo, 12 * photo), false)
    expect(times(positions).length).toBeGreaterThan(10)
    for (const value of times(positions)) expect(Math.abs(value - expected)).toBeLessThan(0.02)
  })

  test('on one side alone, if the photo has it so', () => {
    const positions = fitted(cap, (x, y) => oval(x, y, eyes, x < 0 ? 14.4 : 12, 12), false)
    for (const value of times(positions, (x) => x > 5)) expect(Math.abs(value - 1)).toBeLessThan(0.03)
    for (const value of times(positions, (x) => x < -11)) expect(value).toBeGreaterThan(1.12)
  })

  test('stays as it is where the photo’s is the same, and below the ears', () => {
    const same = fitted(cap, (x, y) => oval(x, y, eyes, 12, 12), false)
    for (let k = 0; k < same.length; k++) expect(Math.abs(same[k] - cap.positions[k])).toBeLessThan(0.2)
    const large = fitted(cap, (x, y) => oval(x, y, eyes, 15, 15), false)
    for (let v = 0; v < cap.openness.length; v++)
      if (cap.positions[3 * v + 1] < eyes - 4)
        expect([...large.subarray(3 * v, 3 * v + 3)]).toEqual([...cap.positions.subarray(3 * v, 3 * v + 3)])
  })
})

describe('hair that falls', () => {
  /** A curtain on either side: from 6 to 9 cm beside the middle, down to 22 cm below the origin. */
  const rows = 60
  const curtain = (sign: number, first: number) => ({
    positions: Array.from({ length: rows }, (_, row) =>
      [6, 9].flatMap((x) => [sign * x, 4 - (26 * row) / (rows - 1), -3]),
    ).flat(),
    triangles: Array.from({ length: rows - 1 }, (_, row) =>
      [0, 1, 2, 1, 3, 2].map((v) => first + 2 * row + v),
    ).flat(),
  })
  const [left, right] = [curtain(-1, 0), curtain(1, 2 * rows)]
  const style = {
    positions: Float32Array.from([...left.positions, ...right.positions]),
    triangles: Uint32Array.from([...left.triangles, ...right.triangles]),
  }
  const curtains = (leftTimes: number, rightTimes: number) => (x: number, y: number) =>
    y < 4 && y > chin - 8 && Math.abs(x) > 6 && Math.abs(x) < 9 * (x < 0 ? leftTimes : rightTimes)
  /** x of the outer edges well below the eyes and above the tips. */
  const edges = (positions: Float32Array) => {
    const outer = [...Array(style.positions.length / 3).keys()].filter(
      (v) =>
        Math.abs(style.positions[3 * v]) > 8 &&
        style.positions[3 * v + 1] < eyes - 5 &&
        style.positions[3 * v + 1] > chin - 6,
    )
    return [-1, 1].map((sign) =>
      outer.filter((v) => sign * style.positions[3 * v] > 0).map((v) => positions[3 * v]),
    )
  }

  test('is as wide as the photo’s, on each side', () => {
    const [lefts, rights] = edges(fitted(style, curtains(1.2, 0.85), true, [side(8), side(8)]))
    expect(lefts.length).toBeGreaterThan(20)
    for (const x of lefts) expect(Math.abs(x + 10.8)).toBeLessThan(0.2)
    for (const x of rights) expect(Math.abs(x - 7.65)).toBeLessThan(0.2)
  })

  test.each([16, -16])('of a head tilted by %s degrees leans, and falls alike once it is upright', (roll) => {
    const [lefts, rights] = edges(fitted(style, curtains(1.2, 0.9), true, [side(8), side(8)], person, roll))
    for (const x of [...lefts, ...rights]) expect(Math.abs(Math.abs(x) - 9.45)).toBeLessThan(0.2)
  })

  test('is widened within limits, and not moved up or down', () => {
    const positions = fitted(style, curtains(2, 2), true, [side(8), side(8)])
    for (const x of edges(positions).flat()) expect(Math.abs(x)).toBeCloseTo(9 * 1.45, 1)
    for (let v = 0; v < positions.length; v += 3)
      if (style.positions[v + 1] < eyes - 4) expect(positions[v + 1]).toBe(style.positions[v + 1])
  })

  test('a side of which nothing is known goes with the other', () => {
    const [lefts, rights] = edges(fitted(style, curtains(1.2, 0.85), true, [side(8), null]))
    for (const x of [...lefts, ...rights]) expect(Math.abs(Math.abs(x) - 10.8)).toBeLessThan(0.2)
  })

  test('is not narrowed to the picture’s border', () => {
    const view = { ...person.view, shown: mask((x) => Math.abs(x) < 8) }
    const cut = { ...person, view }
    const within = (x: number, y: number) => curtains(1, 1)(x, y) && Math.abs(x) < 8
    const positions = fitted(style, within, true, [side(8), side(8)], cut)
    for (const x of edges(positions).flat()) expect(Math.abs(x)).toBeCloseTo(9, 3)
  })

  test('stays as it is if it is said not to fall', () => {
    const positions = fitted(style, curtains(1.3, 1.3), false, [side(8), side(8)])
    for (const x of edges(positions).flat()) expect(Math.abs(x)).toBeCloseTo(9, 3)
  })
})
