/** Hair is cut away where the photo shows skin, and where it ends. */

import { rasterize } from '../../capture/mesh/rasterize.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { bilinear } from '../../image/sample.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { HeadMesh } from '../head-mesh.ts'
import type { Regions } from '../regions.ts'
import { type HeadView, viewStep } from '../view.ts'
import type { LandmarkPlaces } from '../view-places.ts'
import type { HairMap } from './hair-map.ts'

/** Contours are smoothed over this, centimetres, and soft over that share of skin. */
const contour = { smoothed: 0.35, from: 0.38, to: 0.62 }
/** Hair that lies further before the head than 0, centimetres, hides it; what lies behind by the second does not. */
const before = { all: 0.2, none: -0.6 }
/** Below this height above the eyes, centimetres, the face has no hair but what the photo shows. */
const forehead = 2.5
/** Styles that cover the ears are not carved within this of them, centimetres, but on the face. */
const nearEars = 4.2
/** The end of falling hair is as ragged as this, centimetres. */
const ragged = 0.9

/**
 * What tells of V places how much of hair there is left: V, 0..1.
 *
 * @param coversEars does the style?
 */
export function hairCarver(
  view: HeadView,
  map: HairMap,
  regions: Regions,
  head: HeadMesh,
  places: LandmarkPlaces,
  { coversEars }: { coversEars: boolean },
): (positions: Float32Array) => Float32Array {
  const { width, height } = view
  const bare = bareSkin(view, map, regions, places, coversEars)
  const raster = rasterize(view.project(head.positions), head.triangles, width, height)
  return (positions) => {
    const screen = view.project(positions)
    return Float32Array.from({ length: positions.length / 3 }, (_, v) => {
      const [x, y, depth] = screen.subarray(4 * v, 4 * v + 3)
      const i = Math.floor(y) * width + Math.floor(x)
      if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1 || raster.triangle[i] < 0) return 1
      const front = smoothstep(before.none, before.all, (raster.depth[i] - depth) * viewStep)
      const skin = bilinear(bare, width, height, 1, 0, x, y)
      return 1 - front * smoothstep(contour.from, contour.to, skin)
    })
  }
}

/** P, 0..1: where the photo shows the head's skin, with a smooth contour. */
function bareSkin(
  { width, height, shown }: HeadView,
  map: HairMap,
  { skin, hair, face }: Regions,
  { eyes, middle, side }: LandmarkPlaces,
  coversEars: boolean,
): Float32Array {
  const bare = skin.map((value, i) => {
    const above = (eyes - Math.floor(i / width)) * viewStep
    if (face[i] && above < forehead) return map.hair[i] ? 0 : 1
    if (coversEars && !face[i]) {
      const [dx, dy] = [Math.abs((i % width) - middle) - side, Math.floor(i / width) - eyes]
      if (Math.hypot(dx, dy) * viewStep < nearEars) return 0
    }
    return value > hair[i] && !map.hair[i] ? 1 : 0
  })
  return gaussianBlur(bare, width, height, 1, contour.smoothed / viewStep, Float32Array.from(shown))
}

/** V, 0..1: how much of hair that ends at a height is left: strands end at different ones. @param end centimetres, head frame */
export function cutHair(positions: Float32Array, end: number): Float32Array {
  return Float32Array.from({ length: positions.length / 3 }, (_, v) => {
    const [x, y, z] = positions.subarray(3 * v, 3 * v + 3)
    const strand =
      Math.sin(2.3 * x + 1.7 * z) + 0.6 * Math.sin(5.1 * x - 4.3 * z + 1) + 0.4 * Math.sin(9.7 * x + 8.3 * z)
    const here = end + (strand * ragged) / 4
    return smoothstep(here - 0.5, here + 0.5, y)
  })
}
