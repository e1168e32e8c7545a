import { platform } from '#platform'
import { encodeTexture, exportFace } from '../result/export-face.ts'
import { exportHead, resizeAtlas } from '../result/export-head.ts'
import { faceGlb, type TextureFormat } from '../result/glb.ts'
import { atlasPng, texturePng } from '../result/png.ts'
import { resizeTexture } from '../result/resize-texture.ts'
import type { Face } from './capture.ts'
import type { CompleteHead } from './head.ts'
import type { RefinedFace } from './refine.ts'

/** Options of {@link toPng}. */
export interface PngOptions {
  /** Texels a side (of a head: of each half), e.g. 512, 1024 or 2048. Default: as many as were refined. */
  size?: number
}

/** Options of {@link toGlb}. */
export interface GlbOptions extends PngOptions {
  /**
   * `png` (default) opens everywhere. `webp` takes an eighth of the bytes, for three.js, `<model-viewer>`, Babylon.js and
   * Blender. `ktx2` stays compressed in the GPU's memory (a quarter of the others there), for three.js, `<model-viewer>` and
   * Babylon.js; writing it takes some seconds.
   */
  texture?: TextureFormat
  /** Name of the face's node and mesh in scene trees. Default: `face`. A head's are `head` and `hair`. */
  name?: string
}

/**
 * The refined texture, or a head's, as a PNG file in the mesh's UV layout, enlarged or reduced where another size is asked
 * for. A head's is twice as wide as high: the face's square, and that of the rest of the head beside it. Enlarging adds no detail: it is for programs that want a fixed size.
 *
 * @example await writeFile('texture.png', await toPng(refined, { size: 1024 }))
 * @throws RangeError where the size is no whole number from 1 to 4096
 */
export async function toPng(
  refined: Pick<RefinedFace | CompleteHead, 'texture' | 'size' | 'png'>,
  options: PngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { texture } = refined
  const { size = refined.size } = options
  if (size === refined.size) return refined.png
  if ('hair' in refined) return atlasPng(resizeAtlas(texture, refined.size, size), size)
  return texturePng(resizeTexture(texture, refined.size, size), size)
}

/**
 * The textured face, or the whole head with its hair, as binary glTF 2.0: meshes in metres, +Y up, looking along +Z, unlit
 * (the photo's light is in the texture). A head lies where its face does; its hair has a mesh and a PNG texture of its own. Passes the Khronos validator; opens in three.js, `<model-viewer>`, Blender and what else reads glTF.
 *
 * @param refined what {@link refine} gave, or any texture in the mesh's UV layout (size x size x 3, sRGB-encoded, 0..1)
 * @example
 * await writeFile('face.glb', await toGlb(face, refined, { texture: 'webp', size: 1024 }))
 * await writeFile('head.glb', await toGlb(head, { texture: 'webp', size: 1024 }))
 * @throws RangeError where there is no such format or size
 * @throws Error where the browser cannot write the format (Safari writes no WebP)
 */
export function toGlb(
  face: Pick<Face, 'mesh'>,
  refined: Pick<RefinedFace, 'texture' | 'size'>,
  options?: GlbOptions,
): Promise<Uint8Array<ArrayBuffer>>
/** The whole head: what {@link completeHead} gave. */
export function toGlb(
  head: Omit<CompleteHead, 'record'>,
  options?: Omit<GlbOptions, 'name'>,
): Promise<Uint8Array<ArrayBuffer>>
export async function toGlb(
  given: Pick<Face, 'mesh'> | Omit<CompleteHead, 'record'>,
  second: Pick<RefinedFace, 'texture' | 'size'> | GlbOptions = {},
  third: GlbOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if ('hair' in given) return headToGlb(given, second as GlbOptions)
  return faceToGlb(given, second as Pick<RefinedFace, 'texture' | 'size'>, third)
}

async function headToGlb(
  head: Omit<CompleteHead, 'record'>,
  { texture: format, size }: GlbOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { file } = await exportHead({ ...head, format, size: size ?? head.size, codec: platform.codec })
  return file
}

async function faceToGlb(
  face: Pick<Face, 'mesh'>,
  refined: Pick<RefinedFace, 'texture' | 'size'>,
  options: GlbOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { texture: format = 'png', size = refined.size, name } = options
  const resized = resizeTexture(refined.texture, refined.size, size)
  const file = await encodeTexture(resized, size, format, platform.codec)
  return faceGlb({ mesh: face.mesh, name, ...file })
}

/**
 * The same as USDZ, for AR on iPhones and for programs that read USD: in metres, +Y up, looking along +Z, raised to stand on the
 * ground. Lit, since USD has no unlit material. Textures are PNGs; the hair's holds what shades the hair in a GLB.
 *
 * @example
 * await writeFile('face.usdz', await toUsdz(face, refined))
 * await writeFile('head.usdz', await toUsdz(head, { size: 1024 }))
 * @throws RangeError where the size is no whole number from 1 to 4096
 */
export function toUsdz(
  face: Pick<Face, 'mesh'>,
  refined: Pick<RefinedFace, 'texture' | 'size'>,
  options?: PngOptions,
): Promise<Uint8Array<ArrayBuffer>>
/** The whole head: what {@link completeHead} gave. */
export function toUsdz(
  head: Omit<CompleteHead, 'record'>,
  options?: PngOptions,
): Promise<Uint8Array<ArrayBuffer>>
export function toUsdz(...given: PlainArguments): Promise<Uint8Array<ArrayBuffer>> {
  return plainFile('usdz', given)
}

/**
 * The same as a zip of OBJ, MTL and PNG, for programs that read neither glTF nor USD: in metres, +Y up, looking along +Z. The
 * strands of hair are cut out by a texture of opacity, all or nothing.
 *
 * @example
 * await writeFile('face-obj.zip', await toObjZip(face, refined))
 * await writeFile('head-obj.zip', await toObjZip(head, { size: 1024 }))
 * @throws RangeError where the size is no whole number from 1 to 4096
 */
export function toObjZip(
  face: Pick<Face, 'mesh'>,
  refined: Pick<RefinedFace, 'texture' | 'size'>,
  options?: PngOptions,
): Promise<Uint8Array<ArrayBuffer>>
/** The whole head: what {@link completeHead} gave. */
export function toObjZip(
  head: Omit<CompleteHead, 'record'>,
  options?: PngOptions,
): Promise<Uint8Array<ArrayBuffer>>
export function toObjZip(...given: PlainArguments): Promise<Uint8Array<ArrayBuffer>> {
  return plainFile('obj', given)
}

type PlainArguments =
  | [face: Pick<Face, 'mesh'>, refined: Pick<RefinedFace, 'texture' | 'size'>, options?: PngOptions]
  | [head: Omit<CompleteHead, 'record'>, options?: PngOptions]

async function plainFile(
  format: 'usdz' | 'obj',
  [given, second, third]: PlainArguments,
): Promise<Uint8Array<ArrayBuffer>> {
  const { codec } = platform
  if ('hair' in given) {
    const { size = given.size } = (second ?? {}) as PngOptions
    return (await exportHead({ ...given, format, size, codec })).file
  }
  const { texture, size: own } = second as Pick<RefinedFace, 'texture' | 'size'>
  const { mesh } = given
  return (await exportFace({ mesh, texture, size: third?.size ?? own, format, codec })).file
}
