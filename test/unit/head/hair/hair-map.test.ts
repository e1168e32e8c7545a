import { describe, expect, test } from 'vitest'
import { hairMap } from '../../../../client/head/hair/hair-map.ts'
import { brown, chin, drawnPerson, eyes, type Looks } from '../drawn-person.ts'
import { oval, pixelAt } from '../drawn-view.ts'

async function mapOf(looks: Partial<Looks>) {
  const { view, regions, places } = await drawnPerson({ colours: brown, ...looks })
  return { ...hairMap(view, regions, places, eyes), regions }
}
const at = (mask: ArrayLike<number>, x: number, y: number) => mask[pixelAt(x, y)]

describe('hair', () => {
  test('is what hangs together with the hair on the head', async () => {
    const { hair } = await mapOf({ falls: [5, 5] })
    expect(at(hair, 0, 13.5)).toBe(1)
    expect(at(hair, -8, chin - 3)).toBe(1)
    expect(at(hair, 0, 0)).toBe(0)
  })

  test('is nothing of its colour beside the head', async () => {
    const lamp = (x: number, y: number) => (oval(x - 16, y, 9, 3, 3) ? 'hair' : null)
    const { hair } = await mapOf({ over: lamp })
    expect(at(hair, 16, 9)).toBe(0)
    // What touches the hair does hang together with it.
    const bow = (x: number, y: number) => (oval(x - 12, y, 9, 5, 3) ? 'hair' : null)
    expect(at((await mapOf({ over: bow })).hair, 16, 9)).toBe(1)
  })

  test('is no beard, and no collar of its colour that does not hang together with it', async () => {
    const collar = (y: number) => y < -12 && y > -15
    const { hair, sides } = await mapOf({
      over: (x, y) => ((collar(y) && Math.abs(x) < 12) || oval(x, y, -7, 3, 1.5) ? 'hair' : null),
    })
    expect(at(hair, 0, -13)).toBe(0)
    expect(at(hair, 9, -13)).toBe(0)
    expect(at(hair, 0, -7)).toBe(0)
    // It ends above the chin.
    for (const side of sides) expect(side!.length).toBeLessThan(0)
  })
})

describe('a hat', () => {
  const blue = { ...brown, hair: [30, 60, 170] } as const
  test('is no hair', async () => {
    expect((await mapOf({})).hat).toBe(false)
    const under = await mapOf({ colours: blue })
    expect(under.hat).toBe(true)
    expect(under.colour).toBeNull()
  })
})

describe('how much there is', () => {
  test.each([
    [1.2, 0.9, 1],
    [0, 0, 0.1],
  ])('of hair %s cm thick', async (thick, least, most) => {
    const { hairy } = await mapOf({ thick })
    expect(hairy).toBeGreaterThanOrEqual(least)
    expect(hairy).toBeLessThanOrEqual(most)
  })

  test('thicker hair makes a larger outline, by its share of the head’s radius', async () => {
    const [bare, thick] = [await mapOf({ thick: 0 }), await mapOf({ thick: 2 })]
    // Of a skull 8.2 cm wide and 10 high to each side.
    const more = thick.thickness! - bare.thickness!
    expect(more).toBeGreaterThan(0.8 * (2 / 10))
    expect(more).toBeLessThan(1.1 * (2 / 8.2))
  })

  test('nothing is known of an outline beyond the picture', async () => {
    const { thickness, outline } = await mapOf({ shown: (_, y) => y < 1 })
    expect([thickness, outline]).toEqual([null, null])
  })
})

test('its colour is that above the chin, a little darker than the middle', async () => {
  const { colour } = await mapOf({ falls: [10, 10], colours: { ...brown, cloth: [240, 240, 240] } })
  const levels = colour!.middle.map((value) => Math.exp(value) - 8)
  // The drawn noise is .2 log units, so that 45% lie .025 below the middle.
  for (const [c, level] of brown.hair.entries())
    expect(Math.abs(Math.log((levels[c] + 8) / (level + 8)) + 0.025)).toBeLessThan(0.04)
  const bald = await mapOf({ thick: 0 })
  expect(bald.colour).toBeNull()
})

test('dark hair in the sun, with the face in the shade, has the colour of what of it is in the shade', async () => {
  const { view, regions, places, drawn } = await drawnPerson({
    colours: { ...brown, skin: [70, 50, 42], hair: [30, 26, 24] },
    thick: 2,
  })
  const colour = view.colour.slice()
  // All but the right third of it is in the sun.
  for (let i = 0; i < drawn.length; i++)
    if (drawn[i] === 'hair' && i % view.width < places.middle + places.side / 3)
      colour.set([150, 140, 132], 3 * i)
  const { colour: found } = hairMap({ ...view, colour }, regions, places, eyes)
  const levels = found!.middle.map((value) => Math.exp(value) - 8)
  for (const [c, level] of [30, 26, 24].entries()) expect(Math.abs(levels[c] - level)).toBeLessThan(4)
})
