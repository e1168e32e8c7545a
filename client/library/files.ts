import { platform } from '#platform'
import { encodeTexture } from '../result/export-face.ts'
import { faceGlb, type TextureFormat } from '../result/glb.ts'
import { texturePng } from '../result/png.ts'
import { resizeTexture } from '../result/resize-texture.ts'
import type { Face } from './capture.ts'
import type { RefinedFace } from './refine.ts'

/** Options of {@link toPng}. */
export interface PngOptions {
  /** Texels a side, e.g. 512, 1024 or 2048. Default: as many as were refined. */
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
  /** Name of the node and mesh in scene trees. Default: `face`. */
  name?: string
}

/**
 * The refined texture as a PNG file in the mesh's UV layout, enlarged or reduced where another size is asked for.
 * Enlarging adds no detail: it is for programs that want a fixed size.
 *
 * @example await writeFile('texture.png', await toPng(refined, { size: 1024 }))
 * @throws RangeError where the size is no whole number from 1 to 4096
 */
export async function toPng(
  refined: Pick<RefinedFace, 'texture' | 'size' | 'png'>,
  options: PngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { size = refined.size } = options
  if (size === refined.size) return refined.png
  return texturePng(resizeTexture(refined.texture, refined.size, size), size)
}

/**
 * The textured face as binary glTF 2.0: one mesh in metres, +Y up, looking along +Z, unlit (the photo's light is in the
 * texture). Passes the Khronos validator; opens in three.js, `<model-viewer>`, Blender and what else reads glTF.
 *
 * @param refined what {@link refine} gave, or any texture in the mesh's UV layout (size x size x 3, sRGB-encoded, 0..1)
 * @example await writeFile('face.glb', await toGlb(face, refined, { texture: 'webp', size: 1024 }))
 * @throws RangeError where there is no such format or size
 * @throws Error where the browser cannot write the format (Safari writes no WebP)
 */
export async function toGlb(
  face: Pick<Face, 'mesh'>,
  refined: Pick<RefinedFace, 'texture' | 'size'>,
  options: GlbOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { texture: format = 'png', size = refined.size, name } = options
  const resized = resizeTexture(refined.texture, refined.size, size)
  const file = await encodeTexture(resized, size, format, platform.codec)
  return faceGlb({ mesh: face.mesh, name, ...file })
}
