import { expect, test } from 'vitest'
import { hairSide } from '../../../../client/head/hair/hair-side.ts'
import { brown, chin, drawnPerson, eyes, type Looks } from '../drawn-person.ts'

/** Left and right, of a person all of whose hair hangs together. */
async function sidesOf(looks: Partial<Looks>) {
  const { view, regions, places } = await drawnPerson({ colours: brown, ...looks })
  const hair = Uint8Array.from(regions.hair)
  return ([-1, 1] as const).map((sign) => hairSide(view, hair, regions, places, sign))
}

test.each([
  [5, 5],
  [2, 11],
  [16, 16],
] as const)('%s and %s cm below the chin', async (left, right) => {
  const sides = await sidesOf({ falls: [left, right] })
  for (const [i, expected] of [left, right].entries()) {
    const { length, cover, ends } = sides[i]!
    expect(Math.abs(length - expected)).toBeLessThan(0.4)
    expect(cover).toBe(1)
    expect(ends).toBe(true)
  }
})

test('short hair does not cover the side', async () => {
  const sides = await sidesOf({})
  for (const side of sides) {
    expect(side!.cover).toBe(0)
    expect(side!.ends).toBe(true)
    // It is drawn down to 1 cm above the origin.
    expect(Math.abs(side!.length - (chin - 1))).toBeLessThan(0.4)
  }
})

test('hair to the middle between eyes and chin covers half', async () => {
  // The rows begin 2 cm below the eyes.
  const end = (eyes - 2 + chin) / 2
  const sides = await sidesOf({
    falls: [0, 0],
    over: (x, y) => (y < end && Math.abs(x) > 7.7 && y > chin ? 'behind' : null),
  })
  for (const side of sides) expect(side!.cover).toBeCloseTo(0.5, 1)
})

test('a gap ends it, if it is no narrow one', async () => {
  const gap = (from: number, to: number) => (_: number, y: number) =>
    y < chin - from && y > chin - to ? ('behind' as const) : null
  for (const side of await sidesOf({ falls: [10, 10], over: gap(2, 5) })) {
    expect(Math.abs(side!.length - 2)).toBeLessThan(0.4)
    expect(side!.ends).toBe(true)
  }
  for (const side of await sidesOf({ falls: [10, 10], over: gap(2, 2.8) }))
    expect(Math.abs(side!.length - 10)).toBeLessThan(0.4)
})

test('is not seen to end where the picture does, or among cloth of its colour', async () => {
  const cut = await sidesOf({ falls: [15, 15], shown: (_, y) => y > chin - 4 })
  for (const side of cut) {
    expect(side!.ends).toBe(false)
    expect(Math.abs(side!.length - 4)).toBeLessThan(0.4)
  }
  const dark = await sidesOf({ falls: [8, 8], colours: { ...brown, cloth: [55, 40, 32] } })
  for (const side of dark) expect(side!.ends).toBe(false)
})

test('a side that the picture does not show is null', async () => {
  const sides = await sidesOf({ falls: [5, 5], shown: (x) => x > -7 })
  expect(sides[0]).toBeNull()
  expect(sides[1]).not.toBeNull()
})
