import { expect, it } from 'vitest'
import { texelUnit } from '../../../client/face/texel-unit.ts'

it('is how many texels one of a 256 px texture is', () => {
  expect([128, 256, 512].map(texelUnit)).toEqual([0.5, 1, 2])
})
