/** A portrait as the pipeline sees it on the way to its head. */

import { captureLocated } from '../../../client/capture/capture.ts'
import { chooseFace } from '../../../client/capture/find/choose-face.ts'
import { locateFace } from '../../../client/capture/locate/locate-face.ts'
import { outerEyeCorners } from '../../../client/face/contours.ts'
import type { Capture } from '../../../client/face/types.ts'
import type { HeadPhoto } from '../../../client/head/complete-head.ts'
import { doubtsOf, type HeadDoubt, whyFaceAlone } from '../../../client/head/doubts.ts'
import { chooseStyle } from '../../../client/head/hair/choose-style.ts'
import { type HairMap, hairMap } from '../../../client/head/hair/hair-map.ts'
import { type HeadMesh, headMesh } from '../../../client/head/head-mesh.ts'
import type { HeadKit } from '../../../client/head/kit.ts'
import { type Regions, regionsOf } from '../../../client/head/regions.ts'
import { type HeadView, headView } from '../../../client/head/view.ts'
import { type LandmarkPlaces, landmarkPlaces, widestVertices } from '../../../client/head/view-places.ts'
import type { Photo } from '../../../client/image/photo.ts'
import type { ModelStore } from '../../../client/runtime/models.ts'

export interface Portrait extends HeadPhoto {
  capture: Capture
  /** The head by the face's shape alone. */
  bare: HeadMesh
  view: HeadView
  places: LandmarkPlaces
  regions: Regions
  map: HairMap
  /** Height of the eyes and half the face's width, centimetres, head frame. */
  at: { eyes: number; side: number }
  decision: Decision
}

export type StyleClass = 'none' | 'photo' | 'short' | 'long' | 'frizzy'

/** What `auto` makes of a photo. */
export interface Decision {
  style: ReturnType<typeof chooseStyle>
  styleClass: StyleClass
  cover: 'head' | 'face'
  doubts: HeadDoubt[]
}

/** @throws CaptureError */
export async function portraitOf(
  photo: Photo,
  { model, canonical }: HeadKit,
  store: ModelStore,
  size: number,
): Promise<Portrait> {
  const { face } = await chooseFace(photo, 0, { store })
  const located = await locateFace(photo, face, { store })
  const { person } = located
  const capture = captureLocated(photo, located, { size })
  const { positions } = capture.mesh
  const [left, right] = outerEyeCorners.map((v) => positions[3 * v + 1])
  const [from, to] = widestVertices.map((v) => positions[3 * v])
  const at = { eyes: (left + right) / 2, side: (to - from) / 2 }
  const bare = headMesh(model, capture.mesh, canonical)
  const view = headView({ pose: located.pose, camera: capture.camera }, { photo, person })
  const places = landmarkPlaces(view, positions)
  const regions = regionsOf(view, bare, places)
  const map = hairMap(view, regions, places, at.eyes)
  return { photo, person, capture, bare, view, places, regions, map, at, decision: decide(map, capture) }
}

function decide(map: HairMap, capture: Capture): Decision {
  const style = chooseStyle(map)
  const doubts = doubtsOf(capture)
  const cover = whyFaceAlone(doubts) ? 'face' : 'head'
  return { style, styleClass: styleClass(style), cover, doubts }
}

export function styleClass(style: Decision['style']): StyleClass {
  if (style === 'none' || style === 'photo') return style
  if (style === 'afro01') return 'frizzy'
  return style.startsWith('short') ? 'short' : 'long'
}
