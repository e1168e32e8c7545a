import { expect, test } from 'vitest'
import { type Pixels, toPixels } from '../../../../client/app/pixels.ts'
import { binaryBytes, type ShelvedFace } from '../../../../client/app/shelf/shelved-face.ts'
import { restored, stored } from '../../../../client/app/shelf/stored-face.ts'
import { atlasPng, texturePng } from '../../../../client/result/png.ts'
import { headOf, resultOfRun, seen } from '../journey/fakes.ts'

/** Values that lie anywhere between two levels, beyond the range, and just between. */
const values = (length: number) =>
  new Float32Array(length).map((_, i) => (i % 3 ? (i * 0.618) % 1 : (i % 256) / 255 + 0.5 / 255))

async function shelved({ optimised = false, withHead = true } = {}): Promise<ShelvedFace> {
  const [face, atlas] = [values(3 * 64 * 64), values(6 * 64 * 64)]
  const result = resultOfRun()
  const texture = toPixels(face)
  const initial: Pixels = optimised ? { size: 2, data: new Uint8ClampedArray(16) } : texture
  const files = { ...result.files, png: new Blob([await texturePng(face, 64)]) }
  const head = {
    ...headOf({ hair: 'none', bust: true, expression: 'photo' }),
    ...{ texture: toPixels(atlas, 64), png: await atlasPng(atlas, 64) },
  }
  return {
    ...{ faces: [], preset: 'draft', size: 256, seed: 1 },
    result: {
      ...result,
      ...{ texture, files, seen: seen({ initial }), refined: { ...result.refined, optimised } },
      ...(withHead && { head }),
    },
  }
}

test.each([
  { optimised: false, withHead: true },
  { optimised: true, withHead: true },
  { optimised: false, withHead: false },
])('a face comes back texel for texel: %o', async (kind) => {
  const face = await shelved(kind)
  const back = await restored(structuredClone(stored(face)))
  expect(back).toEqual(face)
  expect('head' in back.result).toBe(kind.withHead)
})

test('less than half of it is stored', async () => {
  const face = await shelved()
  const { texture, head, files } = face.result
  const bytes = binaryBytes(stored(face))
  expect(binaryBytes(face) - bytes).toBe(2 * texture.data.length + head!.texture.data.length)
  expect(bytes).toBeGreaterThanOrEqual(files.png.size + head!.png.length)
})
