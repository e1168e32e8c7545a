/** From a captured face to the whole head. */

import { vertexNormals } from '../capture/mesh/normals.ts'
import type { Capture, Mesh } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { doubtsOf, type HeadDoubt } from './doubts.ts'
import { chooseStyle } from './hair/choose-style.ts'
import { followHead } from './hair/follow.ts'
import type { HairStyleName } from './hair/hair-style.ts'
import { headPoints } from './hair/head-points.ts'
import { hairBeside } from './hair/photo-hair.ts'
import { tintHair } from './hair/tint.ts'
import { type HeadMesh, headMesh } from './head-mesh.ts'
import type { BoundStyle, HairTexture, HeadKit } from './kit.ts'
import { headShape } from './shape.ts'
import { type HeadSight, headSight } from './sight.ts'
import { headSkin } from './skin.ts'

/**
 * Which hair: `auto`, what comes nearest to the photo's; `photo`, only what is painted on the head itself; `none`, a bare
 * scalp; or one of the styles.
 */
export type HairChoice = 'auto' | 'photo' | 'none' | HairStyleName

export interface HeadRequest {
  /** Default: `auto`. */
  hair?: HairChoice
}

/** A person's head, without the face's own texture. */
export interface Head {
  /** Its UVs are those of an atlas twice as wide as high: the face's square on the left, `texture` on the right. */
  mesh: HeadMesh
  /** N x N x 3, sRGB-encoded, 0..1: the right half of the atlas (`headAtlas`), padded. */
  texture: Float32Array
  /** N x N, 0..1: how much of each of its texels is the photo's own. */
  own: Float32Array
  /** null: the head is bald, or its hair is painted on it. */
  hair: HeadHair | null
  /** What makes it less sure. */
  doubts: HeadDoubt[]
}

/** Strips of hair, to be drawn from both sides with an alpha test. */
export interface HeadHair {
  style: HairStyleName
  /** Centimetres, head frame. */
  mesh: Mesh
  /** V x 3, linear, 0..1: what the texture is multiplied by at each vertex. */
  colours: Float32Array
  texture: HairTexture
}

/** What the photo showed when the face was captured. */
export interface HeadPhoto {
  photo: Photo
  /** height x width of the photo, 0..1: is this pixel the person's? */
  person: Float32Array
  /** height x width, not 0 where the photo must not be believed. */
  distrust?: Uint8Array
}

/**
 * The rest of a captured face's head: its shape, its skin at as many texels a side as the capture has, its hair.
 *
 * @param capture of `captureLocated` on the same photo
 * @throws RangeError of a mesh from elsewhere, which has no head
 * @throws ModelError where a hair style's files cannot be had
 */
export async function completeHead(
  capture: Capture,
  { photo, ...doubts }: HeadPhoto,
  kit: HeadKit,
  { hair = 'auto' }: HeadRequest = {},
): Promise<Head> {
  if (!capture.pose)
    throw new RangeError('A mesh from elsewhere gets no head: capture the photo without one.')
  const { model, canonical } = kit
  const mesh = headMesh(model, capture.mesh, canonical)
  const sight = headSight(mesh, capture, photo, doubts, capture.size)
  const { texture, own } = headSkin(mesh, capture, sight)
  const name = styleFor(hair, () => chosenStyle(capture, sight, photo, doubts.person))
  const strips = name && hairOn(capture, sight, kit, name, await kit.style(name))
  return { mesh, texture, own, hair: strips, doubts: doubtsOf(capture) }
}

function styleFor(hair: HairChoice, choose: () => HairStyleName | null): HairStyleName | null {
  if (hair === 'auto') return choose()
  return hair === 'photo' || hair === 'none' ? null : hair
}

function chosenStyle(
  { mesh, camera }: Capture,
  { hair, bald }: HeadSight,
  photo: Photo,
  person: Float32Array,
) {
  const { positions } = mesh
  const eyes = (positions[3 * 33 + 1] + positions[3 * 263 + 1]) / 2
  const side = Math.max(...[234, 454].map((v) => Math.abs(positions[3 * v])))
  return chooseStyle(bald, hair ? hairBeside(photo, person, camera, hair, { eyes, side }) : [null, null])
}

function hairOn(
  capture: Capture,
  sight: HeadSight,
  { model, canonical, mean }: HeadKit,
  name: HairStyleName,
  { style, binding, texture }: BoundStyle,
): HeadHair {
  const landmarks = capture.mesh.positions.slice(0, model.landmarks.length)
  const shape = headShape(model, capture.mesh, canonical)
  const person = headPoints({ landmarks, positions: shape }, model, canonical)
  const positions = followHead(style, binding, mean, person, canonical)
  const { uv, triangles, openness } = style
  return {
    style: name,
    mesh: { positions, normals: vertexNormals(positions, triangles), uv, triangles },
    colours: Float32Array.from({ length: positions.length }, (_, i) => light(openness[Math.floor(i / 3)])),
    texture: sight.hair ? { ...texture, data: tintHair(texture.data, sight.hair) } : texture,
  }
}

/** What of the light reaches hair that sees this share of the sky, linear. By eye, in encoded values. */
const light = (openness: number) => Math.min(1, 0.45 + 0.75 * openness) ** 2.2
