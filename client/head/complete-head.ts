/** From a captured face to the whole head. */

import { vertexNormals } from '../capture/mesh/normals.ts'
import { outerEyeCorners } from '../face/contours.ts'
import type { Capture, Mesh } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { median } from '../image/statistics.ts'
import { bustEnding, bustPoints } from './bust.ts'
import { clothColour } from './cloth.ts'
import { doubtsOf, type HeadDoubt } from './doubts.ts'
import { cutHair, hairCarver } from './hair/carve.ts'
import { chooseStyle } from './hair/choose-style.ts'
import type { FaceHair } from './hair/face-hair.ts'
import { fitHair } from './hair/fit.ts'
import { followHead, pushOut } from './hair/follow.ts'
import type { HairColour } from './hair/hair-colour.ts'
import { type HairMap, hairMap } from './hair/hair-map.ts'
import type { HairStyle, HairStyleName } from './hair/hair-style.ts'
import type { HairTexture } from './hair/hair-texture.ts'
import { type HeadPoints, headPoints } from './hair/head-points.ts'
import { rounded } from './hair/rounded.ts'
import { splitWhere, withoutLost } from './hair/split.ts'
import { tintHair, usualHair } from './hair/tint.ts'
import { waved, wavedTexture, waviness } from './hair/waves.ts'
import { type HeadMesh, headMesh } from './head-mesh.ts'
import type { BoundStyle, HeadKit } from './kit.ts'
import { neckCap } from './neck-cap.ts'
import { closeNeck } from './neck-end.ts'
import { paintHead } from './paint-head.ts'
import { type Regions, regionsOf } from './regions.ts'
import { fitScalp, flatEars } from './scalp.ts'
import { headSight } from './sight.ts'
import { type HeadView, headView } from './view.ts'
import { chinVertex, type LandmarkPlaces, landmarkPlaces, widestVertices } from './view-places.ts'

/**
 * Which hair: `auto`, what comes nearest to the photo's; `photo`, only what is painted on the head itself; `none`, a bare
 * scalp; or one of the styles.
 */
export type HairChoice = 'auto' | 'photo' | 'none' | HairStyleName

export interface HeadRequest {
  /** Default: `auto`. */
  hair?: HairChoice
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
  { hair = 'auto', bust = true }: HeadRequest = {},
): Promise<Head> {
  if (!capture.pose)
    throw new RangeError('A mesh from elsewhere gets no head: capture the photo without one.')
  const { model, canonical } = kit
  const { positions } = capture.mesh
  const at = { eyes: heightOf(positions, outerEyeCorners), side: widthOf(positions) / 2 }
  const mean = headMesh(model, capture.mesh, canonical)
  const view = headView({ pose: capture.pose, camera: capture.camera }, { photo, ...doubts })
  const places = landmarkPlaces(view, positions)
  const regions = regionsOf(view, mean, places)
  const map = hairMap(view, regions, places, at.eyes)
  const choice = hair === 'auto' ? chooseStyle(map) : hair
  const name = choice === 'photo' || choice === 'none' ? null : choice
  const on = name ? 'strips' : choice === 'photo' ? 'paint' : 'nothing'
  const fitted = map.outline ? fitScalp(mean, map.outline, view, { on, ...at }) : mean
  const mesh = name && falling.includes(name) ? flatEars(fitted, at) : fitted
  const sight = headSight(mesh, capture, photo, doubts, capture.size, { view, regions })
  const paint = paintHead(mesh, capture, sight, model, {
    hair: choice === 'none' ? 'none' : name ? 'below' : 'shown',
    straight: map.straight,
  })
  const shown = { view, places, regions, map }
  const points = pointsOf(mean, capture, kit)
  const shoulders = bustEnding(kit.bust, kit.mean, points, canonical, clothColour(view, regions, places))
  const dressed = bustPoints(points, kit.bust.bust, shoulders.positions)
  const strips = name && hairOn(capture, mesh, dressed, shown, kit, name, await kit.style(name))
  const ending = bust ? shoulders : neckCap(mesh, paint.texture)
  return { ...paint, ...closeNeck(mesh, paint.texture, ending), hair: strips, doubts: doubtsOf(capture) }
}

/** What bust and hair follow of a person's head. */
function pointsOf({ shape }: HeadMesh, { mesh }: Capture, { model, canonical }: HeadKit): HeadPoints {
  const landmarks = mesh.positions.slice(0, model.landmarks.length)
  return headPoints({ landmarks, positions: shape }, model, canonical)
}

const heightOf = (positions: Float32Array, [a, b]: readonly [number, number]) =>
  (positions[3 * a + 1] + positions[3 * b + 1]) / 2
const widthOf = (positions: Float32Array) =>
  positions[3 * widestVertices[1]] - positions[3 * widestVertices[0]]

interface Shown {
  view: HeadView
  places: LandmarkPlaces
  regions: Regions
  map: HairMap
}

/** Styles that fall below the ears. */
const falling: readonly HairStyleName[] = ['long01', 'bob01', 'bob02', 'braid01']
/** Hair that is not seen to end falls so far below the chin, centimetres. */
const unseenFall = 9
/** Of a vertex that is more transparent, nothing is drawn. */
const leastLeft = 0.06

function hairOn(
  capture: Capture,
  head: HeadMesh,
  person: HeadPoints,
  { view, places, regions, map }: Shown,
  { canonical, dressed }: HeadKit,
  name: HairStyleName,
  { style, binding, texture }: BoundStyle,
): HeadHair {
  const followed = followHead(style, binding, dressed, person, canonical)
  const falls = falling.includes(name)
  const { positions } = capture.mesh
  const eyes = heightOf(positions, outerEyeCorners)
  const isPhotos = falls === falling.includes(chooseStyle(map) as HairStyleName)
  const fitted =
    map.colour && isPhotos
      ? fitHair(followed, style.triangles, view, map, regions, places, { eyes, falls })
      : followed
  pushOut(fitted, binding, person)
  const chin = positions[3 * chinVertex + 1]
  const seenEnd = isPhotos ? fallsTo(map, chin) : null
  const end = falls ? (seenEnd ?? chin - unseenFall) : null
  const carve = hairCarver(view, map, regions, head, places, { coversEars: falls })
  const left = (hair: HairStyle) => {
    const carved = carve(hair.positions)
    const cut = end === null ? null : cutHair(hair.positions, end)
    return cut ? carved.map((value, v) => value * cut[v]) : carved
  }
  const amount = falls ? waviness(map.straight) : 0
  const round = rounded({ ...style, positions: fitted })
  const split = splitWhere(amount > 0 ? waved(rounded(round), amount, eyes) : round, left)
  const { hair, values } = withoutLost(split.hair, split.values, leastLeft)
  return {
    style: name,
    mesh: { ...hair, normals: vertexNormals(hair.positions, hair.triangles) },
    colours: Float32Array.from({ length: 4 * values.length }, (_, i) => {
      const v = Math.floor(i / 4)
      return i % 4 < 3 ? light(hair.openness[v]) ** 2.2 : values[v]
    }),
    texture: {
      ...texture,
      data: tintHair(wavedTexture(texture, amount).data, lit(map.colour ?? usualHair, hair.openness)),
    },
  }
}

/** The height at which hair ends, head frame: that of the longer side which is seen to end; null: neither is seen. */
function fallsTo({ sides }: HairMap, chin: number): number | null {
  const seen = sides.filter((side) => side !== null)
  const ending = seen.filter(({ ends }) => ends)
  const lengths = (ending.length > 0 ? ending : seen).map(({ length }) => length + 1)
  if (lengths.length === 0) return null
  return chin - Math.max(...lengths, ending.length > 0 ? Number.NEGATIVE_INFINITY : unseenFall)
}

/** What of the light reaches hair that sees this share of the sky, of encoded values. By eye. */
const light = (openness: number) => Math.min(1, 0.45 + 0.75 * openness)

/** What the photo shows of hair lies in so much of the shade that the rest lies in. By eye. */
const seenLight = 0.5

/** The hair's colour where all of the light reaches it: the photo shows it as it is lit. */
function lit({ middle: [red, green, blue], spread }: HairColour, openness: Float32Array): HairColour {
  const usual = seenLight * Math.log(light(median(openness, 1) ?? 1))
  return { middle: [red - usual, green - usual, blue - usual], spread }
}
