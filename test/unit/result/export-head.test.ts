import validator from 'gltf-validator'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { headAtlas } from '../../../client/head/atlas.ts'
import { exportHead } from '../../../client/result/export-head.ts'
import { atlasPng } from '../../../client/result/png.ts'
import { resizeTexture } from '../../../client/result/resize-texture.ts'
import { sharpCodec as codec } from '../../../client/result/sharp-codec.ts'
import { simpleHeadMovement } from '../../support/head-movement.ts'
import { ktx2Header, ktx2Signature, textureIn } from '../../support/texture-in.ts'
import { dome, gradientTexture } from './synthetic.ts'

const face = gradientTexture(64)
const rest = face.toReversed()
const strands = Uint8ClampedArray.from({ length: 4 * 32 * 32 }, (_, i) => (i * 37) % 256)
const hairMesh = dome(4)
const hair = {
  mesh: hairMesh,
  colours: new Float32Array((4 * hairMesh.positions.length) / 3).fill(0.5),
  texture: { size: 32, data: strands },
}
const texture = headAtlas(face, rest, 64)
const head = { mesh: dome(8), texture, hair: null, codec }

describe('exportHead', () => {
  it('writes both halves side by side, and the same into the GLB', async () => {
    const { png, hairPng, file } = await exportHead(head)
    expect(png).toEqual(await atlasPng(texture, 64))
    expect(hairPng).toBeNull()
    expect(await textureIn(file)).toEqual({ required: [], 'image/png': png })
  })

  it('resizes each half by itself, lest one bleeds into the other', async () => {
    const { png } = await exportHead({ ...head, size: 128 })
    const halves = [face, rest].map((half) => resizeTexture(half, 64, 128))
    expect(png).toEqual(await atlasPng(headAtlas(halves[0], halves[1], 128), 128))
  })

  it('hands a PNG on as it is where the size stays', async () => {
    const { png } = await exportHead(head)
    expect((await exportHead({ ...head, png })).png).toBe(png)
    expect((await exportHead({ ...head, png, size: 32 })).png).not.toBe(png)
  })

  it('writes hair as a PNG, with what is transparent as it was', async () => {
    const { hairPng } = await exportHead({ ...head, hair })
    const { data, info } = await sharp(hairPng!).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 32, height: 32, channels: 4 })
    expect(new Uint8ClampedArray(data)).toEqual(strands)
  })

  it('puts the head into WebP and leaves the hair', async () => {
    const { file, hairPng } = await exportHead({ ...head, hair, format: 'webp' })
    const { required, 'image/webp': webp } = await textureIn(file)
    expect(required).toEqual(['EXT_texture_webp'])
    expect(await sharp(webp as Uint8Array).metadata()).toMatchObject({ width: 128, height: 64 })
    expect(Buffer.from(file).includes(hairPng!)).toBe(true)
  })

  it('puts the head into KTX2 with mipmaps', async () => {
    const { file } = await exportHead({ ...head, hair, format: 'ktx2' })
    const { 'image/ktx2': ktx2 } = await textureIn(file)
    expect(ktx2Header(ktx2 as Uint8Array)).toEqual({
      signature: ktx2Signature,
      ...{ width: 128, height: 64, levels: 8, scheme: 2 },
    })
  })

  it.each(['png', 'webp'] as const)('passes the Khronos validator without a word (%s)', async (format) => {
    const { file } = await exportHead({ ...head, hair, format })
    expect((await validator.validateBytes(file)).issues.messages).toEqual([])
  })

  it('moves in a GLB, and is at rest in the formats that cannot', async () => {
    const movement = simpleHeadMovement(head.mesh, hairMesh)
    const glb = await exportHead({ ...head, hair, movement })
    expect((await validator.validateBytes(glb.file)).info).toMatchObject({
      hasMorphTargets: true,
      hasSkins: true,
    })
    for (const format of ['usdz', 'obj'] as const) {
      const [moving, still] = [movement, undefined].map((movement) =>
        exportHead({ ...head, hair, movement, format }),
      )
      expect((await moving).file).toEqual((await still).file)
    }
  })

  it.each([
    [{ texture: new Float32Array(7) }, "A head's texture is N x 2N x 3 values; 7 values are none."],
    [{ size: 0.5 }, 'A texture cannot have 0.5 texels a side'],
    [{ format: 'gif' as 'png' }, 'There is no texture format "gif": choose png, webp, ktx2.'],
  ])('refuses what is none (%#)', async (change, error) => {
    await expect(exportHead({ ...head, ...change })).rejects.toThrow(error)
  })
})
