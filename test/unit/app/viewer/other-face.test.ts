import { expect, test } from 'vitest'
import type { Pixels } from '../../../../client/app/pixels.ts'
import { withOtherFace } from '../../../../client/app/viewer/other-face.ts'

/** Grey levels, row by row. */
const texture = (size: number, ...levels: number[]): Pixels => ({
  size,
  data: Uint8ClampedArray.from(levels.flatMap((level) => [level, level, level, 255])),
})
const levelsOf = ({ data }: Pixels) => [...data].filter((_, k) => k % 4 === 0)

test('the face’s half is the other’s, the rest and the photo’s hair over the face stay', () => {
  const face = texture(2, 10, 20, 30, 40)
  // The second texel has hair over it, the third differs by rounding.
  const atlas = texture(2, 10, 90, 1, 2, 31, 40, 3, 4)
  const made = withOtherFace(atlas, face, texture(2, 50, 60, 70, 80))
  expect(levelsOf(made)).toEqual([50, 90, 1, 2, 70, 80, 3, 4])
  expect(made.size).toBe(2)
  expect(levelsOf(atlas)[0]).toBe(10)
})

test('a smaller texture is enlarged without steps, a larger one made smaller', () => {
  const face = texture(4, ...Array(16).fill(5))
  const atlas = texture(4, ...Array(32).fill(5))
  const enlarged = levelsOf(withOtherFace(atlas, face, texture(2, 0, 100, 0, 100)))
  expect(enlarged.slice(0, 5)).toEqual([0, 25, 75, 100, 5])
  const small = withOtherFace(texture(1, 5, 6), texture(1, 5), texture(2, 0, 40, 80, 120))
  expect(levelsOf(small)).toEqual([60, 6])
})

test('for the same textures it is made once', () => {
  const [atlas, face, other] = [texture(1, 1, 2), texture(1, 1), texture(1, 9)]
  expect(withOtherFace(atlas, face, other)).toBe(withOtherFace(atlas, face, other))
})
