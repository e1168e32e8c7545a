import { interpolate } from '../../capture/mesh/rasterize.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { HeadMesh } from '../head-mesh.ts'
import type { RestSurface } from '../rest-surface.ts'
import type { HeadSight } from '../sight.ts'
import { vertexMeans } from '../skin.ts'
import { spreadOverMesh } from '../spread.ts'
import type { HairColour } from './hair-colour.ts'
import type { UsualHair } from './painted-hairline.ts'

/** Seen hair holds the colour around it per square centimetre; the middle colour holds what is far from all of it. */
const pull = { seen: 4, middle: 0.02 }
/** The middle of all hair is a little darker than what the photo shows of it, which faces the light. Log units. */
const unseenDarker = 0.1
/** Seen colour is kept within this of the middle, log units: a highlight is not to spread. */
const farthest = 0.6
/** Downwards the light fades, by eye: log units at most. */
const below = 0.3

/**
 * The seen hair's colour over the mesh: it knows no seams of the layout.
 *
 * @param surface of the head
 * @param log N x N x 3: what the photo shows, log domain
 * @param own N x N, 0..1: how far it shows hair there
 * @returns N x N x 3, log domain
 */
export function hairColourOver(
  head: HeadMesh,
  surface: RestSurface,
  layout: HeadSight['layout'],
  log: Float32Array,
  own: Float32Array,
  { middle }: HairColour,
  usual: UsualHair,
): Float32Array {
  const { values, texels } = vertexMeans(head, layout, log, own)
  const pulls = new Float64Array(texels.length)
  const level = (middle[0] + middle[1] + middle[2]) / 3
  for (let v = 0; v < texels.length; v++) {
    const here = (values[3 * v] + values[3 * v + 1] + values[3 * v + 2]) / 3 - level
    const kept = Math.min(1, farthest / Math.max(1e-6, Math.abs(here)))
    const ofSeen = pull.seen * Math.min(1, texels[v] / 4)
    pulls[v] = ofSeen + pull.middle
    for (let k = 0; k < 3; k++) {
      const value = middle[k] + kept * (values[3 * v + k] - middle[k])
      values[3 * v + k] =
        ((ofSeen ? ofSeen * value : 0) + pull.middle * (middle[k] - unseenDarker)) / pulls[v]
    }
  }
  const held = new Uint8Array(texels.length)
  const spread = spreadOverMesh(surface, 3, { values, held, seen: pulls })
  const colours = new Float32Array(spread.length)
  for (let v = 0; v < texels.length; v++) {
    const rest = v - head.faceVertices
    // Nothing is known of the light behind: what looks down is darker.
    const back = rest < 0 ? 0 : smoothstep(2, 6, -usual.mesh.positions[3 * rest + 2])
    const shade = rest < 0 ? 0 : -below * back * (1 - smoothstep(-1.2, 0.6, usual.mesh.normals[3 * rest + 1]))
    for (let k = 0; k < 3; k++) colours[3 * v + k] = spread[3 * head.place[v] + k] + shade
  }
  return interpolate(layout, head.triangles, colours, 3)
}
