import { expect, test } from 'vitest'
import { faceTexels, restTexels } from '../../../client/head/texture-sides.ts'

test('a centimetre takes more texels of the face’s texture than of the rest’s', () => {
  expect(restTexels(43.8, 512)).toBeCloseTo(512)
  expect(faceTexels(17, 512)).toBeCloseTo(512)
  expect(faceTexels(1, 1024) / restTexels(1, 1024)).toBeCloseTo(43.8 / 17)
})
