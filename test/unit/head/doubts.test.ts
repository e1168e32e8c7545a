import { expect, test } from 'vitest'
import { doubtsOf, whyFaceAlone } from '../../../client/head/doubts.ts'
import type { HeadInPhoto } from '../../../client/head/head-in-photo.ts'

const seen = (yaw: number, hat: boolean) =>
  doubtsOf({ capture: { pose: { yaw } }, map: { hat } } as Pick<HeadInPhoto, 'capture' | 'map'>)

test('a head is doubted that is turned away, or under a hat', () => {
  expect(seen(29, false)).toEqual([])
  expect(seen(-31, false)).toEqual(['turned'])
  expect(seen(0, true)).toEqual(['hat'])
  expect(seen(40, true)).toEqual(['turned', 'hat'])
})

test('then the face alone is the better result, for the first of the reasons', () => {
  expect(whyFaceAlone([])).toBeNull()
  expect(whyFaceAlone(['hat'])).toBe('hat')
  expect(whyFaceAlone(['turned', 'hat'])).toBe('turned')
})
