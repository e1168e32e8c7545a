import { describe, expect, it } from 'vitest'
import {
  type Feature,
  hiddenFeatures,
  isAt,
  likeness,
} from '../../../../client/capture/unwrap/hidden-features.ts'
import { usualFeatures } from '../../../../client/face/usual-features.ts'
import { fromLog } from '../../../../client/image/log-texture.ts'
import { placeOf } from '../../../../client/image/texels.ts'

const size = 128
const usual = usualFeatures(size)

/** Even skin with the usual features, as often as told at each of them: 1 as they are, 0 none, -1 light for dark. */
function face(times: Partial<Record<Feature, number>> = {}, seen = (_: number, __: number) => true) {
  const weight = new Float32Array(size * size)
  const sampled = new Float32Array(3 * size * size)
  for (let i = 0; i < weight.length; i++) {
    const [u, v] = placeOf(i, size)
    weight[i] = seen(u, v) ? 1 : 0
    const [, factor] = Object.entries(times).find(([feature]) => isAt(feature as Feature, u, v)) ?? [null, 1]
    for (let c = 0; c < 3; c++) sampled[3 * i + c] = fromLog([4.9, 4.7, 4.6][c] + factor * usual[3 * i + c])
  }
  return { size, weight, sampled }
}

describe('likeness', () => {
  it('is 1 of the usual features, whatever the skin, and -1 of their negative', () => {
    for (const value of Object.values(likeness(face()))) expect(value).toBeCloseTo(1, 3)
    const { mouth, leftEye, rightEye } = likeness(face({ mouth: -1 }))
    expect(mouth).toBeLessThan(-0.5)
    expect(leftEye).toBeCloseTo(1, 1)
    expect(rightEye).toBeCloseTo(1, 1)
  })

  it('is not told where less than a third of a place is seen', () => {
    const { mouth, leftEye, rightEye } = likeness(face({}, (u, v) => u > 0.4 && v < 0.66))
    expect(mouth).toBeNull()
    expect(leftEye).toBeNull()
    expect(rightEye).not.toBeNull()
  })
})

describe('hiddenFeatures', () => {
  it.each([
    [null, {}],
    ['mouth', { mouth: -0.5 }],
    ['eyes', { leftEye: -0.5, rightEye: -0.5 }],
    ['leftEye', { leftEye: -0.5 }],
    ['rightEye', { rightEye: -0.5 }],
    // Nothing is seen anywhere: a bad picture, no mask.
    [null, { mouth: -0.5, leftEye: -0.5, rightEye: -0.5 }],
  ] as const)('finds hidden: %s', (hidden, times) => {
    expect(hiddenFeatures(face(times))).toBe(hidden)
  })

  it('says nothing of what lies beyond the photo', () => {
    expect(hiddenFeatures(face({ mouth: -0.5 }, (_, v) => v < 0.64))).toBeNull()
    expect(hiddenFeatures(face({ leftEye: -0.5 }, (u) => u < 0.57))).toBeNull()
  })
})

it('each feature has its place, left and right as in the picture', () => {
  expect(isAt('mouth', 0.5, 0.7)).toBe(true)
  expect(isAt('mouth', 0.5, 0.6)).toBe(false)
  expect(isAt('leftEye', 0.35, 0.38)).toBe(true)
  expect(isAt('rightEye', 0.35, 0.38)).toBe(false)
})
