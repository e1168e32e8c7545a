import { expect, test } from 'vitest'
import { headPartAt, shapeError } from '../../../evaluation/metrics/shape-error.ts'

/** One ear's place, the top, the back, and the neck's two sides. */
const reference = [-8, 71, 4, 0, 83, 5, 0, 76, -5, -5, 60, 2, 5, 60, 2]

test('parts are told by where they lie on the reference head', () => {
  expect(headPartAt(8, 71, 4)).toBe('ears')
  expect(headPartAt(0, 82, 5)).toBe('top')
  expect(headPartAt(0, 75, -4)).toBe('back')
  expect(headPartAt(3, 60, 5)).toBe('neck')
  expect(headPartAt(0, 70, 14)).toBeNull()
})

test('shapeError is 0 of the true head', () => {
  expect(shapeError(reference, reference, reference)).toEqual({
    ...{ ears: 0, top: 0, back: 0, neck: 0, neckWidth: 0 },
  })
})

test('shapeError is the mean distance by part, and of the neck how much it is too wide', () => {
  const found = reference.slice()
  found[1] += 3
  found[2] += 4
  found[4] -= 1
  // The neck: one side is a centimetre further out.
  found[9] -= 1
  const { ears, top, back, neck, neckWidth } = shapeError(found, reference, reference)
  expect({ ears, top, back, neck, neckWidth }).toEqual({ ears: 5, top: 1, back: 0, neck: 0.5, neckWidth: 1 })
})

test('shapeError knows nothing of parts that are not there', () => {
  const top = [0, 83, 5]
  expect(shapeError(top, top, top)).toEqual({ ears: null, top: 0, back: null, neck: null, neckWidth: null })
})
