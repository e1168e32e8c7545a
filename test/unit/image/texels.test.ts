import { expect, it } from 'vitest'
import { mirrorTexture } from '../../../client/image/log-texture.ts'
import { countOf, maskWhere, mirrorTexel, placeOf, texelsOf } from '../../../client/image/texels.ts'

it('the texels of a mask come in order', () => {
  expect(texelsOf(Uint8Array.of(0, 1, 0, 2, 1))).toEqual([1, 3, 4])
  expect(texelsOf(Float32Array.of(0, 0.5))).toEqual([1])
  expect(countOf(Uint8Array.of(0, 1, 0, 2, 1))).toBe(3)
})

it('a mask is 1 where something holds', () => {
  expect(maskWhere(4, (texel) => texel % 3 === 0)).toEqual(Uint8Array.of(1, 0, 0, 1))
})

it('the mirrored texel is where a mirrored texture has it', () => {
  const texture = Float32Array.from({ length: 25 }, (_, i) => i)
  const mirrored = mirrorTexture(texture, 5, 1)
  for (const i of [0, 2, 9, 23]) expect(mirrorTexel(i, 5)).toBe(mirrored[i])
})

it('a texel lies at its centre', () => {
  expect(placeOf(0, 4)).toEqual([0.125, 0.125])
  expect(placeOf(7, 4)).toEqual([0.875, 0.375])
})
