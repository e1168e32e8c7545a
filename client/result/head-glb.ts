import type { Mesh } from '../face/types.ts'
import { type TextureFile, texturedMeshesGlb } from './textured-meshes.ts'

export type HeadGlb = TextureFile & {
  /** Of `headMesh`; the texture is its atlas, twice as wide as high. */
  mesh: Mesh
  /** Left out: the head is bald, or its hair is in the photo alone. */
  hair?: HairGlb
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
 * @throws RangeError where a mesh's arrays do not agree in length.
 */
export function headGlb({ hair, copyright, ...head }: HeadGlb): Promise<Uint8Array<ArrayBuffer>> {
  const parts = [{ name: 'head', ...head }, ...(hair ? [{ name: 'hair', alphaCutoff, ...hair }] : [])]
  return texturedMeshesGlb('head', parts, copyright)
}
