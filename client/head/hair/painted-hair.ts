/** Hair painted on the rest of a head: where it grows, its colour and its strands. */

import type { Capture } from '../../face/types.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { HeadMesh } from '../head-mesh.ts'
import { restAttribute } from '../rest-attribute.ts'
import type { RestSurface } from '../rest-surface.ts'
import type { HeadSight } from '../sight.ts'
import { hairColourOver } from './painted-colour.ts'
import { type HairCover, hairCover } from './painted-cover.ts'
import { hairFlow } from './painted-flow.ts'
import type { UsualHair } from './painted-hairline.ts'
import { hairStrands } from './painted-strands.ts'
import type { SeenHair } from './seen-hair.ts'

export interface PaintedHair extends HairCover {
  /** N x N x 3, log domain: hair as it may look where nobody has seen it. */
  log: Float32Array
  /** N x N, log units: how much of that are its strands. */
  strands: Float32Array
}

/** How much strands run in one direction (`straightness`) where they are curls, and where they are straight. */
const aligned = { curly: 0.38, straight: 0.5 }
/** Contrast of painted strands (deviation, log units): at least, at most, and of how rough the seen hair is. By eye. */
const contrast = { least: 0.05, most: 0.22, ofRoughness: 1.6 }

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
  const amount = Math.min(contrast.most, Math.max(contrast.least, contrast.ofRoughness * seen.rough))
  for (let i = 0; i < strands.length; i++) {
    strands[i] *= amount
    for (let k = 3 * i; k < 3 * i + 3; k++) log[k] += strands[i]
  }
  return { ...cover, log, strands }
}
