/** Hair painted on the rest of a head: where it grows, its colour and its strands. */

import type { Capture } from '../../face/types.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { HeadMesh } from '../head-mesh.ts'
import { restAttribute } from '../rest-attribute.ts'
import type { RestSurface } from '../rest-surface.ts'
import type { HeadSight } from '../sight.ts'
import { soften } from '../soften.ts'
import { restTexels } from '../texture-sides.ts'
import { hairColourOver } from './painted-colour.ts'
import { type HairCover, hairCover } from './painted-cover.ts'
import { hairFlow } from './painted-flow.ts'
import type { UsualHair } from './painted-hairline.ts'
import { clump, hairStrands } from './painted-strands.ts'
import type { SeenHair } from './seen-hair.ts'

export interface PaintedHair extends HairCover {
  /** N x N x 3, log domain: hair as it may look where nobody has seen it. */
  log: Float32Array
  /** N x N, log units: how much of that are its strands. */
  strands: Float32Array
}

/** How much strands run in one direction (`straightness`) where they are curls, and where they are straight. */
const aligned = { curly: 0.38, straight: 0.5 }
/**
 * Painted strands have this share of the contrast. With all of it they come nearest to hidden hair, but fair hair looks like wire
 * (test/evaluation/decisions/optimised-hair.md).
 */
const shareOfContrast = 0.6
/** Seen hair counts from here on: at its borders it mixes with what lies beside it. */
const sure = 0.8
/**
 * Contrast of strands (deviation, log units) as a person's hair has it, by the portraits of the tuning half; it counts as much as
 * so many square centimetres of seen hair.
 */
const usualContrast = { deviation: 0.2, area: 1 }

/**
 * @param surface of the head
 * @param usual of the same model
 * @param seen on the same photo
 * @param seenLog N x N x 3: what the photo shows, log domain
 */
export function paintedHair(
  head: HeadMesh,
  surface: RestSurface,
  capture: Capture,
  sight: HeadSight,
  usual: UsualHair,
  seen: SeenHair,
  seenLog: Float32Array,
): PaintedHair {
  const { layout, unwrap } = sight
  const possible = restAttribute(head, layout, usual.possible)
  const flow = hairFlow(usual.mesh, layout, head.faceTriangles, possible)
  const curl = seen.straight === null ? 0 : 1 - smoothstep(aligned.curly, aligned.straight, seen.straight)
  const strands = hairStrands(flow, unwrap.size, curl)
  const cover = hairCover(head, capture, sight, usual, possible, seen, strands)
  const log = hairColourOver(head, surface, layout, seenLog, cover.own, seen.colour, usual)
  const amount = shareOfContrast * contrastOf(seenLog, cover.own, unwrap.size)
  for (let i = 0; i < strands.length; i++) {
    strands[i] *= amount
    for (let k = 3 * i; k < 3 * i + 3; k++) log[k] += strands[i]
  }
  return { ...cover, log, strands }
}

/** How far the seen hair's brightness is off its surroundings', as far as strands and locks go: deviation, log units. */
function contrastOf(log: Float32Array, own: Float32Array, size: number): number {
  const surely = own.map((w) => (w > sure ? w : 0))
  const level = surely.map((w, i) => (w > 0 ? (w * (log[3 * i] + log[3 * i + 1] + log[3 * i + 2])) / 3 : 0))
  const sigma = restTexels(clump, size)
  const [around, near] = [level, surely].map((image) => soften(image, size, sigma))
  let mass = usualContrast.area * restTexels(1, size) ** 2
  let sum = mass * usualContrast.deviation ** 2
  for (let i = 0; i < surely.length; i++) {
    const w = surely[i]
    if (w === 0) continue
    sum += w * (level[i] / w - around[i] / Math.max(1e-3, near[i])) ** 2
    mass += w
  }
  return Math.sqrt(sum / mass)
}
