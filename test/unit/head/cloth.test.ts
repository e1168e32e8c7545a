import { describe, expect, test } from 'vitest'
import { clothColour } from '../../../client/head/cloth.ts'

const [width, height] = [60, 60]
/** Rows below the chin that are cloth: 40 of 60 pixels, 36 square centimetres. */
const [chin, first] = [10, 30]

/** A view of which everything below some row is cloth of the colours given in stripes, their widths in sixtieths. */
function seen(
  stripes: [share: number, colour: number[]][],
  clothFrom = first,
  sceneFrom = width,
  asSkin = false,
) {
  const colour = new Float32Array(3 * width * height).fill(200)
  const cloth = new Float32Array(width * height)
  for (let i = clothFrom * width; i < cloth.length; i++) {
    let x = i % width
    const stripe = stripes.find(([share]) => {
      x -= share
      return x < 0
    })!
    colour.set(stripe[1], 3 * i)
    cloth[i] = 1
  }
  const person = cloth.map((_, i) => (i % width < sceneFrom ? 1 : 0.1))
  const shown = new Uint8Array(cloth.length).fill(1)
  const face = cloth.map((_, i) => (i < 8 * width ? 1 : 0))
  const all = {
    cloth: cloth.map((value) => (asSkin ? 0 : value)),
    skin: cloth.map((value) => (asSkin ? value : 0)),
  }
  return clothColour({ colour, width, person, shown }, { ...all, face: Uint8Array.from(face) }, { chin })
}

describe('clothColour', () => {
  test('is that of the largest part, whatever lies beside it', () => {
    const blue = seen([
      [15, [240, 240, 240]],
      [30, [30, 60, 150]],
      [15, [200, 20, 30]],
    ])
    for (const [c, value] of [30, 60, 150].entries())
      expect(255 * blue[c]).toBeCloseTo(value === 30 ? 35.7 : value, 0)
  })

  test('is nothing of the scene behind', () => {
    const [red, , blue] = seen(
      [
        [25, [200, 40, 40]],
        [35, [40, 40, 200]],
      ],
      first,
      25,
    )
    expect(red).toBeGreaterThan(2 * blue)
  })

  test('is that of cloth which was taken for skin, but not that of skin', () => {
    const orange = seen([[60, [250, 110, 40]]], first, width, true)
    expect(orange[0]).toBeGreaterThan(2 * orange[1])
    // The face of the view is grey.
    const bare = seen([[60, [150, 150, 150]]], first, width, true)
    expect(bare[0]).toBeLessThan(0.3)
  })

  test('is neither black nor white', () => {
    expect(Math.min(...seen([[60, [0, 0, 0]]]))).toBeGreaterThan(0.1)
    expect(Math.max(...seen([[60, [255, 255, 255]]]))).toBeLessThan(0.95)
  })

  test('is dark where too little is seen, and grey where the photo has no colours', () => {
    const [red, , blue] = seen([[60, [250, 20, 20]]], height - 4)
    expect(red).toBeLessThan(0.2)
    expect(blue).toBeGreaterThan(red)
    const grey = seen([[60, [90, 90, 90]]], height - 4)
    expect(new Set(grey).size).toBe(1)
    expect(grey[0]).toBeGreaterThan(0.2)
  })
})
