import type { Mesh } from '../face/types.ts'
import { canvasCodec } from './canvas-codec.ts'
import { faceGlb, type TextureFormat, textureFormats } from './glb.ts'
import { type ImageCodec, pixelsOf, textureOf } from './image-codec.ts'
import type { ModelFormat } from './model-format.ts'
import { objZip } from './obj-zip.ts'
import { encodePng, texturePng, toBytes } from './png.ts'
import { resizeTexture } from './resize-texture.ts'
import type { TextureFile } from './textured-meshes.ts'
import { usdz } from './usdz.ts'

export interface FaceExport {
  mesh: Mesh
  /** N x N x 3, sRGB-encoded, 0..1, or a square PNG file of it. */
  texture: Float32Array | Uint8Array<ArrayBuffer>
  /** Texels a side of what is written. Default: as many as `texture` has. */
  size?: number
  /** Which 3D file. Default: `png`, a GLB with a PNG. */
  format?: ModelFormat
  /** Default: the browser's. Node brings its own (sharp-codec.ts). */
  codec?: ImageCodec
}

/**
 * A face as files to keep: the texture as PNG and the face in 3D, at the wanted size and in the wanted format. Runs in
 * pages, web workers (where it belongs: 2048 px take a second, KTX2 far longer) and, with its codec, in Node.
 *
 * @example
 * const { png, file } = await exportFace({ mesh, texture, size: 1024, format: 'webp' })
 * @throws RangeError where the texture is no square of RGB values, or the size or format is none there is
 */
export async function exportFace(
  face: FaceExport,
): Promise<{ png: Uint8Array<ArrayBuffer>; file: Uint8Array<ArrayBuffer> }> {
  const { mesh, format = 'png', codec = canvasCodec } = face
  const given = await readTexture(face.texture, codec)
  const size = face.size ?? given.size
  const isAsWanted = size === given.size && face.texture instanceof Uint8Array
  const texture = isAsWanted ? given.texture : resizeTexture(given.texture, given.size, size)
  const png = isAsWanted ? (face.texture as Uint8Array<ArrayBuffer>) : await texturePng(texture, size)
  const name = 'face'
  if (format === 'usdz') return { png, file: await usdz(name, [{ name, mesh, png }]) }
  if (format === 'obj') return { png, file: await objZip(name, [{ name, mesh, png }]) }
  const skin = format === 'png' ? { png } : await encodeTexture(texture, size, format, codec)
  return { png, file: await faceGlb({ mesh, name, ...skin }) }
}

async function readTexture(
  texture: Float32Array | Uint8Array<ArrayBuffer>,
  codec: ImageCodec,
): Promise<{ texture: Float32Array; size: number }> {
  if (texture instanceof Float32Array) {
    const size = Math.sqrt(texture.length / 3)
    if (Number.isInteger(size) && size > 0) return { texture, size }
    throw new RangeError(`A texture is N x N x 3 values; ${texture.length} values are no square RGB image.`)
  }
  const pixels = await codec.decode(texture)
  return { texture: textureOf(pixels), size: pixels.width }
}

/**
 * A texture as the file that a GLB holds.
 *
 * @param texture height x width x 3, sRGB-encoded, 0..1
 * @throws RangeError where there is no such format
 * @throws Error where the platform cannot write it
 */
export async function encodeTexture(
  texture: Float32Array,
  width: number,
  format: TextureFormat,
  codec: ImageCodec,
): Promise<TextureFile> {
  if (format === 'png') {
    return { png: await encodePng(toBytes(texture), width, texture.length / 3 / width, 'rgb') }
  }
  if (format === 'webp') return { webp: await codec.webp(pixelsOf(texture, width)) }
  if (format !== 'ktx2') {
    throw new RangeError(`There is no texture format "${format}": choose ${textureFormats.join(', ')}.`)
  }
  const { encodeKtx2 } = await import('./ktx2.ts')
  return { ktx2: await encodeKtx2(pixelsOf(texture, width)) }
}
