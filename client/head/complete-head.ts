/** From a captured face to the whole head. */

import { vertexNormals } from '../capture/mesh/normals.ts'
import type { Capture, Mesh } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { doubtsOf, type HeadDoubt } from './doubts.ts'
import { carveHair, cutHair } from './hair/carve.ts'
import { chooseStyle } from './hair/choose-style.ts'
import { fitHair } from './hair/fit.ts'
import { followHead, pushOut } from './hair/follow.ts'
import { type HairMap, hairMap } from './hair/hair-map.ts'
import type { HairStyleName } from './hair/hair-style.ts'
import { headPoints } from './hair/head-points.ts'
import { type PlacedHair, splitWhere, withoutLost } from './hair/split.ts'
import { tintHair } from './hair/tint.ts'
import { type HeadMesh, headMesh } from './head-mesh.ts'
import type { BoundStyle, HairTexture, HeadKit } from './kit.ts'
import { type Regions, regionsOf } from './regions.ts'
import { headShape } from './shape.ts'
import { headSight } from './sight.ts'
import { headSkin } from './skin.ts'
import { type HeadView, headView } from './view.ts'
import { type LandmarkPlaces, landmarkPlaces } from './view-places.ts'

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
  /** V x 4, linear, 0..1: what the texture is multiplied by at each vertex, its opacity last. */
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
  const view = headView({ pose: capture.pose, camera: capture.camera }, { photo, ...doubts })
  const places = landmarkPlaces(view, capture.mesh.positions)
  const regions = regionsOf(view, mesh, places)
  const map = hairMap(view, regions, places)
  const name = styleFor(hair, () => chooseStyle(sight.bald, map))
  const shown = { view, places, regions, map }
  const strips = name && hairOn(capture, mesh, shown, kit, name, await kit.style(name))
  return { mesh, texture, own, hair: strips, doubts: doubtsOf(capture) }
}

function styleFor(hair: HairChoice, choose: () => HairStyleName | null): HairStyleName | null {
  if (hair === 'auto') return choose()
  return hair === 'photo' || hair === 'none' ? null : hair
}

interface Shown {
  view: HeadView
  places: LandmarkPlaces
  regions: Regions
  map: HairMap
}

/** Styles that fall below the ears. */
const falling: readonly HairStyleName[] = ['long01', 'bob01', 'bob02', 'braid01']
/** Of a vertex that is more transparent, nothing is drawn. */
const leastLeft = 0.06

function hairOn(
  capture: Capture,
  head: HeadMesh,
  { view, places, regions, map }: Shown,
  { model, canonical, mean }: HeadKit,
  name: HairStyleName,
  { style, binding, texture }: BoundStyle,
): HeadHair {
  const landmarks = capture.mesh.positions.slice(0, model.landmarks.length)
  const shape = headShape(model, capture.mesh, canonical)
  const person = headPoints({ landmarks, positions: shape }, model, canonical)
  const followed = followHead(style, binding, mean, person, canonical)
  const falls = falling.includes(name)
  const { positions } = capture.mesh
  const eyes = (positions[3 * 33 + 1] + positions[3 * 263 + 1]) / 2
  const fitted = map.colour
    ? fitHair(followed, style.triangles, view, map, regions, places, { eyes, falls })
    : followed
  pushOut(fitted, binding, person)
  const end = falls ? fallsTo(map, positions[3 * 152 + 1]) : null
  const left = (hair: PlacedHair) => {
    const carved = carveHair(hair.positions, view, map, regions, head, places, { coversEars: falls })
    const cut = end === null ? null : cutHair(hair.positions, hair.uv, end)
    return cut ? carved.map((value, v) => value * cut[v]) : carved
  }
  const split = splitWhere({ ...style, positions: fitted }, left)
  const { hair, values } = withoutLost(split.hair, split.values, leastLeft)
  return {
    style: name,
    mesh: { ...hair, normals: vertexNormals(hair.positions, hair.triangles) },
    colours: Float32Array.from({ length: 4 * values.length }, (_, i) => {
      const v = Math.floor(i / 4)
      return i % 4 < 3 ? light(hair.openness[v]) : values[v]
    }),
    texture: map.colour ? { ...texture, data: tintHair(texture.data, map.colour) } : texture,
  }
}

/** The height at which hair ends, head frame; null: it is not seen to. */
function fallsTo({ sides }: HairMap, chin: number): number | null {
  const lengths = sides.flatMap((side) => (side ? [side.length] : []))
  if (lengths.length === 0) return null
  return chin - Math.max(...lengths) - 1
}

/** What of the light reaches hair that sees this share of the sky, linear. By eye, in encoded values. */
const light = (openness: number) => Math.min(1, 0.45 + 0.75 * openness) ** 2.2
