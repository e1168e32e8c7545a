/** How well a head's outline is the photo's, above the chin. */

import { drawParts, type Part } from '../../../client/app/sample/draw-parts.ts'
import type { Head } from '../../../client/head/complete-head.ts'
import { followHead } from '../../../client/head/hair/follow.ts'
import type { HeadInPhoto } from '../../../client/head/head-in-photo.ts'
import { overlap } from '../metrics/overlap.ts'
import { hairPart, headPart } from './head-picture.ts'

/** Intersection over union with the person mask, 0..1. */
export interface Outlines {
  /** Of the head by the face's shape alone, without hair. */
  bare: number | null
  /** With hair of the style as it is; of painted hair as `bare`. */
  style: number | null
  /** Of the head as it is made: fitted and carved. */
  made: number | null
}

/** The person mask says so from here on. */
const surely = 0.5

/** @param head of `completeHead` on this photo */
export async function outlinesOf(seen: HeadInPhoto, head: Head): Promise<Outlines> {
  const { view, places, mesh } = seen
  const { width, height } = view
  const person = Uint8Array.from(view.person, (value) => (value > surely ? 1 : 0))
  const aboveChin = view.shown.map((shown, i) => (shown && Math.floor(i / width) < places.chin ? 1 : 0))
  const iou = (...parts: Part[]) =>
    overlap(drawParts(parts, view.project, width, height).mask, person, aboveChin)
  const bare = headPart({ mesh }, null)
  return {
    bare: iou(bare),
    style: head.hair ? iou(bare, await plainHair(seen, head.hair)) : iou(bare),
    made: iou(headPart(head, null), ...(head.hair ? [hairPart(head.hair)] : [])),
  }
}

/** Hair of a style as it follows a head of this shape. */
async function plainHair(
  { kit, dressed }: HeadInPhoto,
  { style: name, texture }: NonNullable<Head['hair']>,
): Promise<Part> {
  const { style, binding } = await kit.style(name)
  const positions = followHead(style, binding, kit.dressed, dressed, kit.canonical)
  const colours = new Float32Array((4 * positions.length) / 3).fill(1)
  return hairPart({ mesh: { ...style, positions, normals: positions }, colours, texture })
}
