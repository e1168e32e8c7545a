import { interpolateAt, type Raster } from '../capture/mesh/rasterize.ts'
import { bilinear } from '../image/sample.ts'
import { smoothstep } from '../image/smoothstep.ts'
import type { HeadMesh } from './head-mesh.ts'
import type { Regions } from './regions.ts'
import type { HeadView } from './view.ts'

/** How surely a place is cloth or behind the head: up to `from` it is the head's, beyond `to` it shows nothing of it. */
const other = { from: 0.3, to: 0.7 }

export interface ShownOfHead {
  /** N x N, 0..1: how well the photo shows each texel of the head. */
  weight: Float32Array
  /** N x N, 0..1: how surely it shows hair there. */
  hair: Float32Array
}

/**
 * Where the model's outline is not the head's, it would get the colours of cloth and of what lies behind: their weight goes.
 *
 * @param weight N x N, 0..1: how well the photo shows each texel
 * @param layout which triangle of the head each of them lies in
 * @param regions of the view
 */
export function shownOfHead(
  weight: Float32Array,
  layout: Raster,
  head: HeadMesh,
  view: Pick<HeadView, 'width' | 'height' | 'project'>,
  regions: Pick<Regions, 'cloth' | 'behind' | 'hair'>,
): ShownOfHead {
  const { width, height } = view
  const screen = view.project(head.positions)
  const [columns, rows] = [0, 1].map((axis) => screen.filter((_, k) => k % 4 === axis))
  const shown = { weight: weight.slice(), hair: new Float32Array(weight.length) }
  for (let i = 0; i < weight.length; i++) {
    if (weight[i] === 0) continue
    const x = interpolateAt(layout, head.triangles, columns, i)
    const y = interpolateAt(layout, head.triangles, rows, i)
    const at = (region: Float32Array) => bilinear(region, width, height, 1, 0, x, y)
    shown.weight[i] *= 1 - smoothstep(other.from, other.to, at(regions.cloth) + at(regions.behind))
    shown.hair[i] = at(regions.hair)
  }
  return shown
}
