import validator from 'gltf-validator'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { exportFace } from '../../../client/result/export-face.ts'
import { texturePng } from '../../../client/result/png.ts'
import { sharpCodec as codec } from '../../../client/result/sharp-codec.ts'
import { ktx2Header, ktx2Signature, textureIn } from '../../support/texture-in.ts'
import { dome, gradientTexture } from './synthetic.ts'

const mesh = dome(8)
const texture = gradientTexture(64)

describe('exportFace', () => {
  it('writes texture and face at their own size, as PNG', async () => {
    const { png, file } = await exportFace({ mesh, texture, codec })
    expect(png).toEqual(await texturePng(texture, 64))
    expect(await textureIn(file)).toEqual({ required: [], 'image/png': png })
  })

  it('writes both at another size', async () => {
    const { png, file } = await exportFace({ mesh, texture, size: 512, codec })
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 512, height: 512, channels: 3 })
    expect((await textureIn(file))['image/png']).toEqual(png)
  })

  it('takes a PNG file, and hands it on as it is where the size stays', async () => {
    const file = await texturePng(texture, 64)
    expect((await exportFace({ mesh, texture: file, codec })).png).toBe(file)
    const from = (given: Float32Array | Uint8Array<ArrayBuffer>) =>
      exportFace({ mesh, texture: given, size: 128, codec })
    const bytes = await Promise.all(
      [texture, file].map(async (given) =>
        sharp((await from(given)).png)
          .raw()
          .toBuffer(),
      ),
    )
    // One level of rounding on the way through the file, and one on the way out.
    bytes[0].forEach((value, i) => {
      expect(Math.abs(value - bytes[1][i])).toBeLessThanOrEqual(1)
    })
  })

  it('puts WebP into the GLB, and still a PNG beside it', async () => {
    const { png, file } = await exportFace({ mesh, texture, size: 512, format: 'webp', codec })
    const { required, 'image/webp': webp } = await textureIn(file)
    expect(required).toEqual(['EXT_texture_webp'])
    expect(await sharp(webp as Uint8Array).metadata()).toMatchObject({ format: 'webp', width: 512 })
    const [lossy, exact] = await Promise.all(
      [webp as Uint8Array, png].map((file) => sharp(file).removeAlpha().raw().toBuffer()),
    )
    const squares = lossy.reduce((sum, value, i) => sum + (value - exact[i]) ** 2, 0)
    expect(-10 * Math.log10(squares / lossy.length / 255 ** 2)).toBeGreaterThan(38)
  })

  it('puts KTX2 with mipmaps into the GLB', async () => {
    const { file } = await exportFace({ mesh, texture, format: 'ktx2', codec })
    const { required, 'image/ktx2': ktx2 } = await textureIn(file)
    expect(required).toEqual(['KHR_texture_basisu'])
    expect(ktx2Header(ktx2 as Uint8Array)).toEqual({
      signature: ktx2Signature,
      ...{ width: 64, height: 64, levels: 7, scheme: 2 },
    })
  })

  it.each(['png', 'webp'] as const)('passes the Khronos validator without a word (%s)', async (format) => {
    const { file } = await exportFace({ mesh, texture, size: 128, format, codec })
    expect((await validator.validateBytes(file)).issues.messages).toEqual([])
  })

  it('has no error with KTX2, of which the validator knows neither the extension nor the format', async () => {
    const { file } = await exportFace({ mesh, texture, format: 'ktx2', codec })
    const { numErrors, messages } = (await validator.validateBytes(file)).issues
    expect(numErrors).toBe(0)
    expect(messages.map(({ code }) => code).sort()).toEqual([
      'IMAGE_UNRECOGNIZED_FORMAT',
      'UNSUPPORTED_EXTENSION',
      'UNUSED_OBJECT',
      'VALUE_NOT_IN_LIST',
    ])
  })

  it.each([
    [{ texture: new Float32Array(7) }, '7 values are no square RGB image'],
    [{ format: 'gif' as 'png' }, 'There is no texture format "gif": choose png, webp, ktx2.'],
    [{ texture: new Uint8Array(20) }, 'cannot be decoded: give a whole PNG or WebP file'],
  ])('refuses what is none (%#)', async (change, sentence) => {
    await expect(exportFace({ mesh, texture, codec, ...change })).rejects.toThrow(sentence)
  })
})
