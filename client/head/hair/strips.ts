/** Hair of polygons on a person's head: a style, as wide, as long and of the colour that the photo shows. */

import { vertexNormals } from '../../capture/mesh/normals.ts'
import type { Mesh } from '../../face/types.ts'
import type { HeadInPhoto } from '../head-in-photo.ts'
import type { HeadMesh } from '../head-mesh.ts'
import type { BoundStyle } from '../kit.ts'
import { cutHair, hairCarver } from './carve.ts'
import { chooseStyle } from './choose-style.ts'
import { fitHair } from './fit.ts'
import { followHead, pushOut } from './follow.ts'
import type { HairMap } from './hair-map.ts'
import type { HairStyle, HairStyleName } from './hair-style.ts'
import type { HairTexture } from './hair-texture.ts'
import { litHair } from './lit-hair.ts'
import { rounded } from './rounded.ts'
import { splitWhere, withoutLost } from './split.ts'
import { tintHair, usualHair } from './tint.ts'
import { waved, wavedTexture, waviness } from './waves.ts'

/** Strips of hair, to be drawn from both sides with an alpha test. */
export interface HeadHair {
  style: HairStyleName
  /** Centimetres, head frame. */
  mesh: Mesh
  /** V x 4, linear, 0..1: what the texture is multiplied by at each vertex, its opacity last. */
  colours: Float32Array
  texture: HairTexture
}

const falling: readonly string[] = ['long01', 'bob01', 'bob02', 'braid01'] satisfies HairStyleName[]
/** Hair that is not seen to end falls so far below the chin, centimetres. */
const unseenFall = 9
/** Hair that falls ends further below the chin than this: centimetres. */
const highestEnd = -5
/** Of a vertex that is more transparent, nothing is drawn. */
const leastLeft = 0.06

/** Does a style fall below the ears? */
export function falls(style: ReturnType<typeof chooseStyle>): boolean {
  return falling.includes(style)
}

/** Is a style as long or as short as the photo's hair? Of another the photo tells neither width nor end. */
function isLike(name: HairStyleName, map: HairMap): boolean {
  return falls(name) === falls(chooseStyle(map))
}

/** @param mesh the head under it, `paintedHead` */
export function hairStrips(
  head: HeadInPhoto,
  mesh: HeadMesh,
  name: HairStyleName,
  { style, binding, texture }: BoundStyle,
): HeadHair {
  const { map, at } = head
  const placed = { ...style, positions: placedOn(head, name, { style, binding }) }
  const amount = falls(name) ? waviness(map.steady) : 0
  const round = rounded(placed)
  const waves = amount > 0 ? waved(rounded(round), amount, at.eyes) : round
  const split = splitWhere(waves, whatIsLeft(head, mesh, name))
  const { hair, values } = withoutLost(split.hair, split.values, leastLeft)
  const { colour, colours } = litHair(hair, values, map.colour ?? usualHair, head)
  return {
    style: name,
    mesh: { ...hair, normals: vertexNormals(hair.positions, hair.triangles) },
    colours,
    texture: { ...texture, data: tintHair(wavedTexture(texture, amount).data, colour) },
  }
}

/** V x 3: a style on this head, as wide as the photo's hair if it is like that. */
function placedOn(
  { capture, kit, dressed, view, map, regions, places, at }: HeadInPhoto,
  name: HairStyleName,
  { style, binding }: Pick<BoundStyle, 'style' | 'binding'>,
): Float32Array {
  const followed = followHead(style, binding, kit.dressed, dressed, kit.canonical)
  const fit = { eyes: at.eyes, falls: falls(name), roll: capture.pose?.roll ?? 0 }
  const fitted =
    map.colour && isLike(name, map)
      ? fitHair(followed, style.triangles, view, map, regions, places, fit)
      : followed
  pushOut(fitted, binding, dressed)
  return fitted
}

/** Tells of hair how much is left of it where the photo shows skin, and where it ends: V, 0..1. */
function whatIsLeft(
  { view, map, regions, places, at }: HeadInPhoto,
  mesh: HeadMesh,
  name: HairStyleName,
): (hair: HairStyle) => Float32Array {
  const carve = hairCarver(view, map, regions, mesh, places, { coversEars: falls(name) })
  const seenEnd = isLike(name, map) ? fallsTo(map, at.chin) : null
  const end = falls(name) ? (seenEnd ?? at.chin - unseenFall) : null
  return ({ positions }) => {
    const carved = carve(positions)
    if (end === null) return carved
    const cut = cutHair(positions, end)
    return carved.map((value, v) => value * cut[v])
  }
}

/**
 * The height at which hair ends, head frame: that of the longer side which is seen to end; null: neither is seen.
 *
 * @param chin its height
 */
export function fallsTo({ sides }: Pick<HairMap, 'sides'>, chin: number): number | null {
  // A side of which the hair ends above is behind the head, or turned away.
  const seen = sides.filter((side) => side !== null).filter(({ length }) => length > highestEnd)
  const ending = seen.filter(({ ends }) => ends)
  const lengths = (ending.length > 0 ? ending : seen).map(({ length }) => length + 1)
  if (lengths.length === 0) return null
  return chin - Math.max(...lengths, ending.length > 0 ? Number.NEGATIVE_INFINITY : unseenFall)
}
