/** What a photo tells of a head, whatever hair it is to have. */

import { outerEyeCorners } from '../face/contours.ts'
import type { Capture } from '../face/types.ts'
import { bustEnding, bustPoints } from './bust.ts'
import { clothColour } from './cloth.ts'
import { type HairMap, hairMap } from './hair/hair-map.ts'
import { type HeadPoints, headPoints } from './hair/head-points.ts'
import { type HeadMesh, headMesh } from './head-mesh.ts'
import type { HeadPhoto } from './head-photo.ts'
import type { HeadKit } from './kit.ts'
import type { Ending } from './neck-end.ts'
import { type Regions, regionsOf } from './regions.ts'
import { type HeadView, headView } from './view.ts'
import { chinVertex, type LandmarkPlaces, landmarkPlaces, widestVertices } from './view-places.ts'

/** Made once for a captured face: heads with all kinds of hair are made of it (`completeHead`). */
export interface HeadInPhoto {
  capture: Capture
  photo: HeadPhoto
  kit: HeadKit
  /** The mean head sewn to the face. It does not follow the photo's outline yet. */
  mesh: HeadMesh
  view: HeadView
  places: LandmarkPlaces
  regions: Regions
  map: HairMap
  /** Height of eyes and chin, half the face's width: centimetres, head frame. */
  at: { eyes: number; chin: number; side: number }
  shoulders: Ending
  /** What hair follows: it falls over the shoulders. */
  dressed: HeadPoints
}

/**
 * @param capture of `captureLocated` on the same photo
 * @throws RangeError of a mesh from elsewhere, which has no head
 */
export function headInPhoto(capture: Capture, photo: HeadPhoto, kit: HeadKit): HeadInPhoto {
  const { pose, camera } = capture
  if (!pose) throw new RangeError('A mesh from elsewhere gets no head: capture the photo without one.')
  const { model, canonical } = kit
  const { positions } = capture.mesh
  const [left, right] = outerEyeCorners.map((v) => positions[3 * v + 1])
  const [narrow, wide] = widestVertices.map((v) => positions[3 * v])
  const at = { eyes: (left + right) / 2, chin: positions[3 * chinVertex + 1], side: (wide - narrow) / 2 }
  const mesh = headMesh(model, capture.mesh, canonical)
  const view = headView({ pose, camera }, photo)
  const places = landmarkPlaces(view, positions)
  const regions = regionsOf(view, mesh, places)
  const map = hairMap(view, regions, places, at.eyes)
  // What bust and hair follow.
  const landmarks = positions.slice(0, model.landmarks.length)
  const points = headPoints({ landmarks, positions: mesh.shape }, model, canonical)
  const shoulders = bustEnding(kit.bust, kit.mean, points, canonical, clothColour(view, regions, places))
  const dressed = bustPoints(points, kit.bust.bust, shoulders.positions)
  return { capture, photo, kit, mesh, view, places, regions, map, at, shoulders, dressed }
}
