/** What the photo shows of the rest of the head, and what of it is skin. */

import type { Raster } from '../capture/mesh/rasterize.ts'
import type { Doubts } from '../capture/unwrap/trust.ts'
import { unwrapPhoto } from '../capture/unwrap/unwrap.ts'
import type { Capture, Mesh, Unwrap } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { smoothstep } from '../image/smoothstep.ts'
import { median } from '../image/statistics.ts'
import type { HairColour } from './hair/hair-colour.ts'
import type { HeadMesh } from './head-mesh.ts'
import type { Regions } from './regions.ts'
import { scalpOf } from './scalp-vertices.ts'
import { shownOfHead } from './shown-of-head.ts'
import { soften } from './soften.ts'
import type { HeadView } from './view.ts'

export interface HeadSight {
  /** The photo in the layout of the rest of the head, N x N texels. */
  unwrap: Unwrap
  /** Which triangle of the head each of those texels lies in. */
  layout: Raster
  /** N x N, 0..1: does the photo show this person's skin there? */
  likeness: Float32Array
  /** Does a vertex belong to the scalp? */
  isScalp: (vertex: number) => boolean
  /** The colour of the hair on it; null: it is bald. */
  hair: HairColour | null
  /** N x N, 0..1: how surely the photo shows hair there; null: nothing is known. */
  shownHair: Float32Array | null
}

/** Log units from the face's middle skin: up to `from` it is this skin, beyond `to` it is something else. By eye. */
const chroma = { from: 0.1, to: 0.22 }
const darker = { from: 0.5, to: 1.1 }
const brighter = { from: 0.3, to: 0.6 }
/**
 * @param photo the capture's
 * @param doubts as of the capture
 * @param size N
 * @param hair its colour; null: the head is bald
 * @param shown what the photo shows around the head; without it all is the head's that the person mask takes for it
 */
export function headSight(
  head: HeadMesh,
  capture: Capture,
  photo: Photo,
  doubts: Doubts,
  size: number,
  hair: HairColour | null,
  shown?: { view: HeadView; regions: Regions },
): HeadSight {
  const rest = restOf(head)
  const { unwrap, layout } = unwrapPhoto(photo, rest, capture.camera, {
    ...{ size, ...doubts, features: null },
    interOcular: capture.quality.interOcular,
  })
  const ofHead = shown && shownOfHead(unwrap.weight, layout, head, shown.view, shown.regions)
  if (ofHead) unwrap.weight = ofHead.weight
  const likeness = skinLikeness(unwrap, faceSkin(capture))
  return { unwrap, layout, likeness, isScalp: scalpOf(head), hair, shownHair: ofHead?.hair ?? null }
}

/** The head with the rest's layout in 0..1; the face's lies beside it, where no texel is. */
function restOf(head: HeadMesh): Mesh {
  return { ...head, uv: head.uv.map((value, i) => (i % 2 ? value : 2 * value - 1)) }
}

/** Brightness, red and blue against green of a texel, log domain. @param sampled N x N x 3, sRGB-encoded */
function logOf(sampled: Float32Array, texel: number): [level: number, red: number, blue: number] {
  const [r, g, b] = [3 * texel, 3 * texel + 1, 3 * texel + 2].map((k) => Math.log(255 * sampled[k] + 8))
  return [(r + g + b) / 3, r - g, b - g]
}

/** The middle of the face's skin is that of as many texels as there are at this side. */
const enough = 256

/** The middle of the face's skin. */
function faceSkin({ sampled, weight, features, size }: Capture): number[] {
  const step = Math.max(1, Math.floor(size / enough))
  const colours: number[][] = []
  for (let y = 0; y < size; y += step)
    for (let i = y * size; i < (y + 1) * size; i += step)
      if (weight[i] > 0.6 && !features[i]) colours.push(logOf(sampled, i))
  const at = (c: number) => colours.map((colour) => colour[c])
  return [0, 1, 2].map((c) => median(at(c), 1) ?? 0)
}

/** N x N, 0..1: does the photo show this person's skin there? @param middle of {@link faceSkin} */
function skinLikeness(unwrap: Unwrap, middle: readonly number[]): Float32Array {
  const { sampled, weight, size } = unwrap
  const likeness = new Float32Array(weight.length)
  for (let i = 0; i < weight.length; i++) {
    if (weight[i] === 0) continue
    const r = Math.log(255 * sampled[3 * i] + 8)
    const g = Math.log(255 * sampled[3 * i + 1] + 8)
    const b = Math.log(255 * sampled[3 * i + 2] + 8)
    const level = (r + g + b) / 3 - middle[0]
    const { from, to } = level < 0 ? darker : brighter
    const off = Math.sqrt((r - g - middle[1]) ** 2 + (b - g - middle[2]) ** 2)
    likeness[i] =
      weight[i] * (1 - smoothstep(chroma.from, chroma.to, off)) * (1 - smoothstep(from, to, Math.abs(level)))
  }
  // A few texels that happen to have skin's colour are hair or cloth.
  const around = soften(likeness, size, 0.008 * size)
  for (let i = 0; i < likeness.length; i++) likeness[i] *= smoothstep(0.3, 0.7, around[i])
  return likeness
}
