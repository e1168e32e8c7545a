import type { Mesh } from '../face/types.ts'
import type { HeadMovement, Mouth } from '../head/expressions/movement.ts'
import type { HeadAnimation } from './head-animation.ts'
import { encodePng } from './png.ts'
import { type TexturedMesh, type TextureFile, texturedMeshesGlb } from './textured-meshes.ts'

export type HeadGlb = TextureFile & {
  /** Of `headMesh`; the texture is its atlas, twice as wide as high. */
  mesh: Mesh
  /** Left out: the head is bald, or its hair is in the photo alone. */
  hair?: HairGlb
  /** Of this head and this hair. Left out: it stays as it is. */
  movement?: HeadMovement
  /** What it did, where it moves. */
  animation?: HeadAnimation
  /** `asset.copyright` of the file, where someone claims it. */
  copyright?: string
}

/** Strips of hair and their texture, whose alpha cuts the strands out. */
export type HairGlb = Exclude<TextureFile, { ktx2: Uint8Array }> & {
  /** Centimetres, head frame. */
  mesh: Mesh
  /** V x 3, linear, 0..1: what the texture is multiplied by, such as the light there; or V x 4, its alpha too. Left out: nothing. */
  colours?: Float32Array
}

/** What of hair is more transparent is not shown. By eye: strands stay whole and get no rims of the colour around them. */
export const alphaCutoff = 0.45

/**
 * A head as binary glTF 2.0: a node `head` and, where there is hair, a node `hair`, each with one mesh, one material and its
 * texture embedded. Units, axes and light are as in `faceGlb`. Hair is masked, not blended: nothing has to be sorted then.
 *
 * With its movement it has a node `teeth` too, what lies behind the lips, and every avatar program can drive it: each mesh has the
 * morph targets `targetNames` (ARKit's expressions, then the visemes), and all are skinned to the nodes `Body`, `Neck` and `Head`.
 *
 * @throws RangeError where a mesh's arrays do not agree in length, or something moves that has no movement
 */
export async function headGlb({
  hair,
  movement,
  animation,
  copyright,
  ...head
}: HeadGlb): Promise<Uint8Array<ArrayBuffer>> {
  const parts: TexturedMesh[] = [{ name: 'head', ...head, movement: movement?.head }]
  if (hair) parts.push({ name: 'hair', alphaCutoff, ...hair, movement: movement?.hair ?? undefined })
  if (!movement) {
    if (animation) throw new RangeError(`The animation "${animation.name}" needs a head's movement.`)
    return texturedMeshesGlb('head', parts, { copyright })
  }
  if (hair && !movement.hair)
    throw new RangeError('The head has hair, and its movement is of a head without.')
  const { mouth, pivots } = movement
  parts.push({ name: 'teeth', mesh: mouth.mesh, png: await opaquePng(mouth.texture), movement: mouth })
  // three.js makes names unique, and would call the node head_1 if the scene were a head too.
  return texturedMeshesGlb('portrait', parts, { copyright, moving: { pivots, animation } })
}

function opaquePng({ size, data }: Mouth['texture']): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(
    data.filter((_, i) => i % 4 !== 3),
    size,
    size,
    'rgb',
  )
}
