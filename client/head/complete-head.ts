/** From a captured face to the whole head. */

import { doubtsOf, type HeadDoubt } from './doubts.ts'
import { movingHead } from './expressions/head-movement.ts'
import type { HeadMovement } from './expressions/movement.ts'
import type { RestExpression } from './expressions/rest-expressions.ts'
import { chooseStyle } from './hair/choose-style.ts'
import type { FaceHair } from './hair/face-hair.ts'
import type { HairStyleName } from './hair/hair-style.ts'
import { falls, type HeadHair, hairStrips } from './hair/strips.ts'
import type { HeadInPhoto } from './head-in-photo.ts'
import type { HeadMesh } from './head-mesh.ts'
import { neckCap } from './neck-cap.ts'
import { closeNeck } from './neck-end.ts'
import { paintedHead } from './painted-head.ts'

/**
 * Which hair: `auto`, what comes nearest to the photo's; `photo`, only what is painted on the head itself; `none`, a bare
 * scalp; or one of the styles.
 */
export type HairChoice = 'auto' | 'photo' | 'none' | HairStyleName

export interface HeadRequest {
  /** Default: `auto`. */
  hair?: HairChoice
  /** The face at rest. Default: `photo`. */
  expression?: RestExpression
  /** Shoulders in plain cloth under the neck, else it ends below the collar. Default: true. */
  bust?: boolean
}

/** A person's head, without the face's own texture. */
export interface Head {
  /** Its UVs are those of an atlas twice as wide as high: the face's square on the left, `texture` on the right. */
  mesh: HeadMesh
  /** N x N x 3, sRGB-encoded, 0..1: the right half of the atlas (`headAtlas`), padded. */
  texture: Float32Array
  /** N x N, `Evidence` of each of its texels; `none` outside the charts. */
  evidence: Uint8Array
  /** The photo's own hair over the face, for the atlas's left half (`faceOnHead`); null: none. */
  faceHair: FaceHair | null
  /** null: the head is bald, or its hair is painted on it. */
  hair: HeadHair | null
  /** How it moves. */
  movement: HeadMovement
  /** Which hair it has. */
  made: Exclude<HairChoice, 'auto'>
  /** What makes it less sure. */
  doubts: HeadDoubt[]
}

/**
 * The rest of a captured face's head: its shape, its skin at as many texels a side as the capture has, its hair. Another choice of
 * hair takes a fraction of the time of the first: what does not depend on it is kept in `head`.
 *
 * @param head of `headInPhoto`
 * @param content N x N x 3, sRGB-encoded, 0..1: the face's texture, whose tone it takes at the rim
 * @throws ModelError where a hair style's files cannot be had
 */
export async function completeHead(
  head: HeadInPhoto,
  content: Float32Array,
  { hair = 'auto', expression = 'photo', bust = true }: HeadRequest = {},
): Promise<Head> {
  const choice = hair === 'auto' ? chooseStyle(head.map) : hair
  const name = choice === 'photo' || choice === 'none' ? null : choice
  const style = name && (await head.kit.style(name))
  const on = name ? 'strips' : choice === 'photo' ? 'paint' : 'nothing'
  const { mesh, paint } = paintedHead(head, content, on, falls(choice))
  const ending = bust ? head.shoulders : neckCap(mesh, paint.texture)
  const closed = closeNeck(mesh, paint.texture, ending)
  const strips = name && style && hairStrips(head, mesh, name, style)
  return {
    ...paint,
    ...closed,
    ...movingHead(head, { mesh: closed.mesh, hair: strips }, content, expression),
    made: choice,
    doubts: doubtsOf(head),
  }
}
