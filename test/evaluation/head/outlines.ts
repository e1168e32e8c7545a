/** How well a head's outline is the photo's, above the chin. */

import { bustEnding, bustPoints } from '../../../client/head/bust.ts'
import type { Head } from '../../../client/head/complete-head.ts'
import { followHead } from '../../../client/head/hair/follow.ts'
import { headPoints } from '../../../client/head/hair/head-points.ts'
import type { HeadKit } from '../../../client/head/kit.ts'
import { overlap } from '../metrics/overlap.ts'
import { drawParts, hairPart, headPart, type Part } from './head-picture.ts'
import type { Portrait } from './portrait.ts'

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

/** @param head of `completeHead` on this portrait */
export async function outlinesOf(portrait: Portrait, head: Head, kit: HeadKit): Promise<Outlines> {
  const { view, places, bare } = portrait
  const { width, height } = view
  const person = Uint8Array.from(view.person, (value) => (value > surely ? 1 : 0))
  const aboveChin = view.shown.map((shown, i) => (shown && Math.floor(i / width) < places.chin ? 1 : 0))
  const iou = (...parts: Part[]) =>
    overlap(drawParts(parts, view.project, width, height).mask, person, aboveChin)
  const bareHead = headPart({ mesh: bare }, null)
  return {
    bare: iou(bareHead),
    style: head.hair ? iou(bareHead, await plainHair(portrait, head.hair, kit)) : iou(bareHead),
    made: iou(headPart(head, null), ...(head.hair ? [hairPart(head.hair)] : [])),
  }
}

/** Hair of a style as it follows a head of this shape. */
async function plainHair(
  { capture, bare }: Portrait,
  { style: name, texture }: NonNullable<Head['hair']>,
  kit: HeadKit,
): Promise<Part> {
  const { model, canonical, mean, bust, dressed } = kit
  const landmarks = capture.mesh.positions.subarray(0, model.landmarks.length)
  const points = headPoints({ landmarks, positions: bare.shape }, model, canonical)
  const shoulders = bustEnding(bust, mean, points, canonical, [0.5, 0.5, 0.5])
  const { style, binding } = await kit.style(name)
  const person = bustPoints(points, bust.bust, shoulders.positions)
  const positions = followHead(style, binding, dressed, person, canonical)
  const colours = new Float32Array((4 * positions.length) / 3).fill(1)
  return hairPart({ mesh: { ...style, positions, normals: positions }, colours, texture })
}
