/** What the rest of a head looks like: skin and hair, from the photo where it shows them. */

import { Evidence } from '../face/evidence.ts'
import type { Capture } from '../face/types.ts'
import { fromLog, toLog } from '../image/log-texture.ts'
import { padTexture } from '../image/pad.ts'
import { smoothstep } from '../image/smoothstep.ts'
import { mirrorTexel } from '../image/texels.ts'
import { type FaceHair, faceOnHead } from './hair/face-hair.ts'
import { paintedHair } from './hair/painted-hair.ts'
import { usualHair } from './hair/painted-hairline.ts'
import { seenHair } from './hair/seen-hair.ts'
import type { HeadMesh } from './head-mesh.ts'
import type { HeadModel } from './head-model.ts'
import { meetFace } from './meet-face.ts'
import { restSurface } from './rest-surface.ts'
import { rimLine } from './rim.ts'
import type { HeadSight } from './sight.ts'
import { headSkin } from './skin.ts'
import { soften } from './soften.ts'
import { restTexels } from './texture-sides.ts'

export interface HairPaint {
  /** Is hair painted: not at all, as all there is, or below hair of polygons? */
  hair: 'none' | 'shown' | 'below'
  /** 0 (frizz, curls) to 1, see `straightness`; null: nothing is known. */
  straight: number | null
}

export interface HeadPaint {
  /** N x N x 3, sRGB-encoded, 0..1: the right half of the head's texture, padded. */
  texture: Float32Array
  /** N x N, `Evidence` of each texel; `none` outside the charts. */
  evidence: Uint8Array
  /** The photo's own hair over the face (`faceOnHead`); null: none. */
  faceHair: FaceHair | null
}

/** Little light reaches painted hair below other hair: log units. By eye. */
const belowHair = -0.3
/** Centimetres over which a mirrored detail differs from its surroundings. */
const detail = 0.38
/** Mirrored detail is kept within this, log units: a highlight is no hair of the other side. */
const mostDetail = 0.5

/**
 * @param model whose head it is
 * @param sight what the photo shows of this head, at N texels a side, as many as the capture has
 */
export function paintHead(
  head: HeadMesh,
  capture: Capture,
  sight: HeadSight,
  model: HeadModel,
  { hair, straight }: HairPaint,
): HeadPaint {
  const { unwrap } = sight
  const { size, coverage } = unwrap
  const n = size * size
  const seen = toLog(unwrap.sampled)
  const shown = hair === 'none' ? null : seenHair(head, capture, sight, seen, straight)
  const surface = restSurface(head)
  const painted = shown && paintedHair(head, surface, capture, sight, usualHair(model), shown, seen)
  const onFace = shown?.onFace ?? null
  const skin = headSkin(head, surface, capture, sight, painted?.cover ?? null, seen)

  const log = skin.log
  const evidence = new Uint8Array(n)
  if (painted) {
    const under = hair === 'below' ? belowHair : 0
    const details = detailOf(seen, painted.own, size)
    for (let i = 0; i < n; i++) {
      const cover = painted.cover[i]
      const mirrored = smoothstep(0.2, 0.7, painted.mirrored[i])
      for (let k = 3 * i; k < 3 * i + 3; k++) {
        const drawn = painted.log[k] + under
        log[k] += cover * (drawn - log[k])
      }
      if (mirrored > 0) {
        const kept = Math.max(-mostDetail, Math.min(mostDetail, details[mirrorTexel(i, size)]))
        const other = under + kept - painted.strands[i]
        for (let k = 3 * i; k < 3 * i + 3; k++) log[k] += mirrored * (painted.log[k] + other - log[k])
        if (mirrored > 0.5) evidence[i] = Evidence.mirrored
      }
    }
  }
  const own = trusted(skin.own, painted?.own ?? null, size)
  for (let i = 0; i < n; i++) {
    const w = own[i]
    if (w > 0) for (let k = 3 * i; k < 3 * i + 3; k++) log[k] += w * (seen[k] - log[k])
    if (w > 0.5) evidence[i] = Evidence.own
    if (!coverage[i]) evidence[i] = Evidence.none
  }
  const line = rimLine(head, capture.mesh, 1 / size)
  meetFace(log, coverage, faceOnHead(capture.content, onFace), line, size)
  for (let i = 0; i < n; i++)
    if (coverage[i])
      for (let k = 3 * i; k < 3 * i + 3; k++) log[k] = Math.min(1, Math.max(0, fromLog(log[k])))
  return { texture: padTexture(log, size, coverage), evidence, faceHair: onFace }
}

/** N x N, log units: how far the seen hair's brightness differs from its surroundings; 0 elsewhere. */
function detailOf(seen: Float32Array, own: Float32Array, size: number): Float32Array {
  const level = new Float32Array(own.length)
  for (let i = 0; i < own.length; i++)
    if (own[i] > 0) level[i] = (own[i] * (seen[3 * i] + seen[3 * i + 1] + seen[3 * i + 2])) / 3
  const sigma = restTexels(detail, size)
  const smooth = soften(level, size, sigma)
  const mass = soften(own, size, sigma)
  for (let i = 0; i < own.length; i++)
    level[i] = own[i] > 0.05 ? level[i] / own[i] - smooth[i] / Math.max(1e-3, mass[i]) : 0
  return level
}

/** N x N, 0..1: what the photo shows, its borders soft. */
function trusted(skin: Float32Array, hair: Float32Array | null, size: number): Float32Array {
  const own = skin.slice()
  if (hair) for (let i = 0; i < own.length; i++) own[i] = Math.max(own[i], hair[i])
  const soft = soften(own, size, restTexels(0.13, size))
  for (let i = 0; i < own.length; i++)
    own[i] = Math.min(own[i], 1.15 * soft[i]) * smoothstep(0.25, 0.6, soft[i])
  return own
}
