import { describe, expect, test } from 'vitest'
import { cutHair, hairCarver } from '../../../../client/head/hair/carve.ts'
import { hairMap } from '../../../../client/head/hair/hair-map.ts'
import { brown, drawnPerson, eyes, type Looks } from '../drawn-person.ts'

/** What is left of hair at these places upon a drawn person. */
async function leftOf(looks: Partial<Looks>, places: readonly number[][], coversEars = false) {
  const person = await drawnPerson({ colours: brown, ...looks })
  const { view, regions, head } = person
  const map = hairMap(view, regions, person.places, eyes)
  const positions = Float32Array.from(places.flat())
  return [...hairCarver(view, map, regions, head, person.places, { coversEars })(positions)]
}

const forehead = [0, 5, 8]
const cheek = [4, -2, 8]
/** Above the hairline, and behind the head. */
const [crown, back] = [
  [0, 10, 8],
  [0, 5, -25],
]
const aside = [14, 0, 0]

describe('hairCarver', () => {
  test('cuts away what lies over the photo’s skin, and nothing else', async () => {
    const [overForehead, overCheek, onCrown, behind, beside] = await leftOf({}, [
      forehead,
      cheek,
      crown,
      back,
      aside,
    ])
    expect([overForehead, overCheek]).toEqual([0, 0])
    expect([onCrown, behind, beside]).toEqual([1, 1, 1])
  })

  test('leaves a fringe', async () => {
    const fringe = (x: number, y: number) => (y > 3.5 && y < 8 && Math.abs(x) < 4 ? 'hair' : null)
    expect(await leftOf({ over: fringe }, [forehead, cheek])).toEqual([1, 0])
  })

  test('cuts it away over glasses, whatever these are taken for', async () => {
    const glasses = (x: number, y: number) => (Math.abs(y - 2) < 1.5 && Math.abs(x) < 6 ? 'cloth' : null)
    expect(await leftOf({ over: glasses }, [[3, 2, 8]])).toEqual([0])
  })

  test('leaves hair by the ears of a style that covers them', async () => {
    // Skin beside the face mesh, which ends at 7.7, within the head, which ends at 8.2.
    const ear = (x: number, y: number) =>
      Math.abs(x) > 7 && Math.abs(x) < 9 && Math.abs(y) < 3 ? 'skin' : null
    const places = [[7.98, 0, 2], cheek]
    expect(await leftOf({ over: ear }, places)).toEqual([0, 0])
    expect(await leftOf({ over: ear }, places, true)).toEqual([1, 0])
  })

  test('has a soft contour at the hairline', async () => {
    const heights = Array.from({ length: 31 }, (_, i) => 5.7 + 0.1 * i)
    const left = await leftOf(
      {},
      heights.map((y) => [0, y, 8]),
    )
    expect(left).toEqual(left.toSorted((a, b) => a - b))
    // The hairline is drawn 7.2 cm above the origin.
    expect(Math.abs(heights[left.findIndex((value) => value > 0.5)] - 7.2)).toBeLessThan(0.3)
    expect(left.filter((value) => value > 0.05 && value < 0.95).length).toBeLessThan(6)
  })
})

describe('cutHair', () => {
  const [end, strands] = [-12, 400]
  const at = (y: number) =>
    cutHair(
      Float32Array.from({ length: 3 * strands }, (_, k) => {
        const turn = (2 * Math.PI * Math.floor(k / 3)) / strands
        return [9 * Math.sin(turn), y, 9 * Math.cos(turn)][k % 3]
      }),
      end,
    )
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length

  test('leaves what is above the end, and nothing below', () => {
    expect(new Set(at(end + 1))).toEqual(new Set([1]))
    expect(new Set(at(end - 1))).toEqual(new Set([0]))
  })

  test('is ragged: strands end at different heights, half of them above', () => {
    const values = at(end)
    expect(mean(values)).toBeGreaterThan(0.4)
    expect(mean(values)).toBeLessThan(0.6)
    expect(Math.min(...values)).toBeLessThan(0.05)
    expect(Math.max(...values)).toBeGreaterThan(0.95)
  })
})
