import type { Mesh } from '../face/types.ts'
import { atlasHalves, headAtlas } from '../head/atlas.ts'
import type { HeadMovement } from '../head/expressions/movement.ts'
import type { ColouredMesh } from './bake-colours.ts'
import { canvasCodec } from './canvas-codec.ts'
import { encodeTexture } from './export-face.ts'
import type { HeadAnimation } from './head-animation.ts'
import { headGlb } from './head-glb.ts'
import { headObjZip } from './head-obj-zip.ts'
import { headUsdz } from './head-usdz.ts'
import type { ImageCodec } from './image-codec.ts'
import type { ModelFormat } from './model-format.ts'
import { atlasPng, encodePng } from './png.ts'
import { resizeTexture } from './resize-texture.ts'

export interface HeadExport {
  /** Of `headMesh`. */
  mesh: Mesh
  /** N x 2N x 3, sRGB-encoded, 0..1: `headAtlas`. */
  texture: Float32Array
  /** null: the head is bald, or its hair is painted on it. */
  hair: ColouredMesh | null
  /** How mesh and hair move. Left out: they stay as they are. */
  movement?: HeadMovement
  /** What the head did, where it moves. */
  animation?: HeadAnimation
  /** The texture as a PNG file, where it is at hand: handed on as it is where the size stays. */
  png?: Uint8Array<ArrayBuffer>
  /** Texels a side of each half that is written. Default: N. */
  size?: number
  /** Which 3D file. Default: `png`, a GLB with a PNG. */
  format?: ModelFormat
  /** Default: the browser's. Node brings its own (sharp-codec.ts). */
  codec?: ImageCodec
}

export interface HeadFiles {
  /** The head's texture, twice as wide as high: the face's square, then the rest's. */
  png: Uint8Array<ArrayBuffer>
  hairPng: Uint8Array<ArrayBuffer> | null
  /** All of it in 3D. */
  file: Uint8Array<ArrayBuffer>
}

/**
 * A head as files to keep: its textures as PNG and all of it in 3D, at the wanted size and in the wanted format. Lies where
 * `exportFace` puts the face. Runs where that runs.
 *
 * The hair's texture keeps its size and is a PNG in every format: strands are of few levels, which PNG packs well, and a
 * browser's WebP loses the colour around them.
 *
 * A GLB moves, where the head does: expressions, bones, what lies behind the lips and the animation. USDZ and OBJ hold the head at
 * rest, without them.
 *
 * @example
 * const { png, file } = await exportHead({ mesh, texture, hair, size: 1024, format: 'webp' })
 * @throws RangeError where the texture is not twice as wide as high, there is no such size or format, or the movement
 * is not of this head
 */
export async function exportHead(head: HeadExport): Promise<HeadFiles> {
  const { mesh, hair, movement, animation, format = 'png', codec = canvasCodec } = head
  const given = Math.sqrt(head.texture.length / 6)
  const size = head.size ?? given
  const texture = resizeAtlas(head.texture, given, size)
  const png = (size === given && head.png) || (await atlasPng(texture, size))
  const hairPng = hair && (await encodePng(hair.texture.data, hair.texture.size, hair.texture.size, 'rgba'))
  if (format === 'usdz') return { png, hairPng, file: await headUsdz({ mesh, png, hair }) }
  if (format === 'obj') return { png, hairPng, file: await headObjZip({ mesh, png, hair }) }
  const skin = format === 'png' ? { png } : await encodeTexture(texture, 2 * size, format, codec)
  const strands = hair && hairPng ? { mesh: hair.mesh, colours: hair.colours, png: hairPng } : undefined
  return { png, hairPng, file: await headGlb({ mesh, ...skin, hair: strands, movement, animation }) }
}

/**
 * A head's texture with another number of texels a side of each half, which {@link resizeTexture} takes by themselves, lest one
 * bleeds into the other.
 *
 * @throws RangeError as {@link resizeTexture}
 */
export function resizeAtlas(atlas: Float32Array, size: number, newSize: number): Float32Array {
  if (!Number.isInteger(size) || atlas.length !== 6 * size ** 2)
    throw new RangeError(`A head's texture is N x 2N x 3 values; ${atlas.length} values are none.`)
  if (newSize === size) return atlas
  const [face, rest] = atlasHalves(atlas, size).map((half) => resizeTexture(half, size, newSize))
  return headAtlas(face, rest, newSize)
}
