/** The head that lies under hair of a kind: its shape and its texture. */

import { areSame } from '../image/are-same.ts'
import { isBald } from './hair/choose-style.ts'
import type { HairColour } from './hair/hair-colour.ts'
import type { HairMap } from './hair/hair-map.ts'
import { usualHair } from './hair/tint.ts'
import type { HeadInPhoto } from './head-in-photo.ts'
import type { HeadMesh } from './head-mesh.ts'
import { type HeadPaint, paintHead } from './paint-head.ts'
import { fitScalp, flatEars, type OnScalp } from './scalp.ts'
import { headSight } from './sight.ts'

export interface PaintedHead {
  /** The face's texture that it goes on from. */
  content: Float32Array
  mesh: HeadMesh
  paint: HeadPaint
}

const kept = new WeakMap<HeadInPhoto, Map<string, PaintedHead>>()

const hairOf = { nothing: 'none', paint: 'shown', strips: 'below' } as const

/**
 * The same for all styles of a kind, so that it is kept until the face's texture is another one.
 *
 * @param content N x N x 3, sRGB-encoded, 0..1: the face's texture
 * @param on what lies on the scalp
 * @param coversEars does it?
 */
export function paintedHead(
  head: HeadInPhoto,
  content: Float32Array,
  on: OnScalp,
  coversEars: boolean,
): PaintedHead {
  const kind = `${on} ${coversEars}`
  const ofHead = kept.get(head) ?? new Map<string, PaintedHead>()
  kept.set(head, ofHead)
  const known = ofHead.get(kind)
  if (known && areSame(known.content, content)) return known
  const { capture, photo, kit, view, regions, map, at } = head
  const fitted = map.outline ? fitScalp(head.mesh, map.outline, view, { on, ...at }) : head.mesh
  const mesh = coversEars ? flatEars(fitted, at) : fitted
  const sight = headSight(mesh, capture, photo.photo, photo, capture.size, hairOn(map), { view, regions })
  const looks = { hair: hairOf[on], straight: map.straight }
  const made = { content, mesh, paint: paintHead(mesh, { ...capture, content }, sight, kit.model, looks) }
  ofHead.set(kind, made)
  return made
}

/** The colour of a head's hair; null: it is bald. */
export function hairOn(map: HairMap): HairColour | null {
  return isBald(map) ? null : (map.colour ?? usualHair)
}
