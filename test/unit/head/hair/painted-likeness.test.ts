import { describe, expect, test } from 'vitest'
import { hairJudge, lookOf } from '../../../../client/head/hair/painted-likeness.ts'
import { random } from '../../../../client/image/random.ts'

const size = 128
const count = size * size
const log = (rgb: readonly number[]) => rgb.map((value) => Math.log(value + 8))
const skin = log([205, 150, 120])
const brown = log([80, 50, 35])

/** The left half of one colour, the right of another, with noise of that strength on the right. */
function look(left: readonly number[], right: readonly number[], noise = 0) {
  const { normal } = random(2)
  return lookOf({
    size,
    side: (0.085 * size) / 1,
    weight: new Float32Array(count).fill(1),
    log: Float32Array.from({ length: 3 * count }, (_, k) => {
      const i = Math.floor(k / 3)
      return i % size < size / 2 ? left[k % 3] : right[k % 3] + noise * normal()
    }),
  })
}
const all = new Uint8Array(count).fill(1)
const judgeFor = (hair: readonly number[]) =>
  hairJudge(
    { look: look(skin, skin), mask: all },
    { look: look(hair, hair), mask: all },
    { middle: [hair[0], hair[1], hair[2]] },
  )
const [left, right] = [64 * size + 20, 64 * size + 108]

describe('hairJudge', () => {
  test('tells hair from skin', () => {
    const { sure, judge } = judgeFor(brown)
    const { hair, either } = judge(look(skin, brown))
    expect(sure).toBe(1)
    expect([hair[left], hair[right]]).toEqual([0, 1])
    expect([either[left], either[right]]).toEqual([1, 1])
  })

  test('takes shaded skin for skin, a white wall for no hair, blue cloth for neither', () => {
    const { judge } = judgeFor(brown)
    const shaded = skin.map((value) => value - 0.3)
    expect(judge(look(skin, shaded)).hair[right]).toBeLessThan(0.2)
    expect(judge(look(skin, log([30, 60, 200]))).either[right]).toBe(0)
    expect(judge(look(skin, log([250, 255, 255]))).hair[right]).toBe(0)
    // Bright grey beside dark skin and dark hair is the background.
    const dark = hairJudge(
      { look: look(log([90, 60, 45]), log([90, 60, 45])), mask: all },
      { look: look(log([50, 45, 45]), log([50, 45, 45])), mask: all },
      { middle: [Math.log(58), Math.log(53), Math.log(53)] },
    )
    expect(dark.judge(look(skin, log([190, 190, 190]))).either[right]).toBe(0)
  })

  test('is not sure of hair of the skin’s colour', () => {
    expect(judgeFor(skin).sure).toBe(0)
  })
})

test('lookOf: what is fine and strong is rough', () => {
  const { rough } = look(skin, skin, 0.2)
  expect(rough[right]).toBeGreaterThan(rough[left] + 1)
})

test('lookOf: a large texture is looked at in fewer texels, and judged in its own', () => {
  const large = lookOf({
    size,
    side: 5,
    weight: new Float32Array(count).fill(1),
    log: Float32Array.from({ length: 3 * count }, (_, k) => skin[k % 3]),
  })
  expect(large.side).toBe(59)
  expect(judgeFor(brown).judge(large).hair.length).toBe(count)
})
