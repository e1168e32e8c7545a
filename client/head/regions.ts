/** What each place of the photo around a head is: skin, hair, cloth or what lies behind. */

import { rasterize } from '../capture/mesh/rasterize.ts'
import { blurWithin } from '../image/blur.ts'
import { smoothstep } from '../image/smoothstep.ts'
import { maskWhere, texelsOf } from '../image/texels.ts'
import {
  type ColourModel,
  colourFeatures,
  colourModel,
  colourModelFit,
  featureCount,
} from './colour-model.ts'
import type { HeadMesh } from './head-mesh.ts'
import { type HeadView, viewStep } from './view.ts'
import type { LandmarkPlaces } from './view-places.ts'

export const kinds = ['skin', 'hair', 'cloth', 'behind'] as const
export type Kind = (typeof kinds)[number]

/** P each, 0..1, adding up to 1 where the photo shows something: how surely a pixel of the view is of this kind. */
export type Regions = Record<Kind, Float32Array> & {
  /** P, 1 where the face mesh lies. */
  face: Uint8Array
  /** P, 1 where the head lies, the face's part included, but no hair above it. */
  head: Uint8Array
}

/** Colours are learnt from what the place alone makes likely, then from what they made of it, this often. */
const rounds = 4
/** Colour counts this much less than independent pixels would make it. */
const temper = 0.7
/** Centimetres over which neighbours agree. */
const agreement = 0.2
/** The person mask is not believed beyond the first of these upon the head, the second far from it: it takes in some of the scene. */
const unsure = { head: 0.04, far: 0.3 }
/** Times the head's outline. */
const hairReach = { from: 0.8, to: 1.08 }
/** A pixel that is surer than this of its kind teaches its colours. */
const teaching = 0.5

export function regionsOf(view: HeadView, mesh: HeadMesh, places: LandmarkPlaces): Regions {
  const { width, height, shown } = view
  const screen = view.project(mesh.positions)
  const raster = rasterize(screen, mesh.triangles, width, height)
  const head = maskWhere(shown.length, (i) => raster.triangle[i] >= 0)
  const inFace = maskWhere(shown.length, (i) => head[i] === 1 && raster.triangle[i] < mesh.faceTriangles)
  const prior = priorOf(view, head, inFace, places)
  const features = colourFeatures(view)
  const all = { width, height, step: viewStep, shown, features, ...prior }
  const some = everyOther(all)
  let models = learnt(some, some.shares)
  for (let round = 1; round < rounds; round++) models = learnt(some, judged(some, models))
  return { ...judged(all, models), face: inFace, head }
}

/** What is known of places in rows of pixels before their colours are looked at. */
interface Places {
  width: number
  height: number
  /** Centimetres a pixel. */
  step: number
  shown: Uint8Array
  /** P x F */
  features: Float32Array
  /** What a place alone makes likely. */
  shares: Record<Kind, Float32Array>
  /** P, see {@link ratioToHead}. */
  ratio: Float32Array
}

/** Every other pixel of every other row: for learning they tell as much. */
function everyOther({ width, height, step, shown, features, shares, ratio }: Places): Places {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const taken = <T extends Float32Array | Uint8Array>(from: T, to: T, channels: number): T => {
    for (let k = 0; k < to.length; k++) {
      const i = Math.floor(k / channels)
      to[k] = from[channels * (2 * Math.floor(i / columns) * width + 2 * (i % columns)) + (k % channels)]
    }
    return to
  }
  const some = (values: Float32Array, channels = 1) =>
    taken(values, new Float32Array(channels * columns * rows), channels)
  return {
    ...{ width: columns, height: rows, step: 2 * step },
    shown: taken(shown, new Uint8Array(columns * rows), 1),
    features: some(features, featureCount),
    shares: {
      ...{ skin: some(shares.skin), hair: some(shares.hair) },
      ...{ cloth: some(shares.cloth), behind: some(shares.behind) },
    },
    ratio: some(ratio),
  }
}

/** What a place alone makes likely, and the person mask. */
function priorOf(view: HeadView, head: Uint8Array, face: Uint8Array, places: LandmarkPlaces) {
  const { width, shown, person } = view
  const prior = emptyKinds(shown.length)
  const ratio = ratioToHead(head, width, places)
  for (let i = 0; i < shown.length; i++) {
    if (!shown[i]) continue
    const x = Math.abs((i % width) + 0.5 - places.middle) * viewStep
    const row = Math.floor(i / width) + 0.5
    const above = (places.eyes - row) * viewStep
    const below = (row - places.chin) * viewStep
    const side = places.side * viewStep
    const [skin, hair, cloth] = likely(face[i] === 1, head[i] === 1, ratio[i], { x, above, below, side })
    const doubt = unsure.head + (unsure.far - unsure.head) * smoothstep(1, 1.8, ratio[i])
    const p = Math.min(1 - doubt, Math.max(unsure.head, person[i]))
    const behind = face[i] ? 0.001 : Math.max(0, 1 - skin - hair - cloth)
    const sum = (skin + hair + cloth) * p + behind * (1 - p)
    prior.skin[i] = (skin * p) / sum
    prior.hair[i] = (hair * p) / sum
    prior.cloth[i] = (cloth * p) / sum
    prior.behind[i] = (behind * (1 - p)) / sum
  }
  return { shares: prior, ratio }
}

interface Place {
  /** Centimetres from the middle, above the eyes, below the chin; half the face's width. */
  x: number
  above: number
  below: number
  side: number
}

/** Shares of skin, hair and cloth among people; what is left lies behind. By eye. */
function likely(inFace: boolean, inHead: boolean, ratio: number, { x, above, below, side }: Place) {
  if (inFace) {
    const forehead = smoothstep(2.5, 5.5, above)
    return [0.97 - 0.3 * forehead, 0.02 + 0.3 * forehead, 0.005]
  }
  if (above > -2) {
    // Most heads are a little smaller than the mean one somewhere.
    const sure = 1 - 0.2 * smoothstep(0.75, 0.95, ratio)
    if (inHead && x > 0.85 * side && above < 3.5) return [0.45 * sure, 0.5 * sure, 0.01]
    const high = 0.35 * smoothstep(6, 10, above)
    if (inHead) return [(0.55 - high) * sure, (0.42 + high) * sure, 0.02]
    const hair = 0.75 * (1 - smoothstep(1, 1.5, ratio))
    return [0.02, hair, 0.01]
  }
  // Down from the ears: neck in the middle, hair beside it, cloth further down.
  const cloth = smoothstep(1.5, 7, below + 0.12 * Math.max(0, x - 5))
  const neck = (1 - smoothstep(0.6 * side, 0.85 * side, x)) * (1 - smoothstep(3, 10, below))
  const beside = 0.5 * (1 - smoothstep(side + 1, side + 9, x)) * (1 - 0.75 * smoothstep(2, 18, below))
  const skin = Math.max(0.03, 0.8 * neck) * (1 - 0.6 * cloth)
  const hair = beside * (1 - 0.75 * neck) * (1 - 0.4 * cloth)
  return [skin, hair, Math.max(0.01, 0.75 * cloth) * (1 - skin - hair)]
}

/** P: how far from the head's middle a pixel lies, times as far as the head's outline in that direction. */
function ratioToHead(head: Uint8Array, width: number, { middle, eyes }: LandmarkPlaces): Float32Array {
  const bins = 180
  const radius = new Float32Array(bins).fill(1)
  const distance = new Float32Array(head.length)
  const bin = new Uint8Array(head.length)
  for (let i = 0; i < head.length; i++) {
    const dx = (i % width) + 0.5 - middle
    const dy = Math.floor(i / width) + 0.5 - eyes
    distance[i] = Math.sqrt(dx * dx + dy * dy)
    bin[i] = Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) / 2) * bins) % bins
    if (head[i]) radius[bin[i]] = Math.max(radius[bin[i]], distance[i])
  }
  return distance.map((r, i) => r / radius[bin[i]])
}

/** The colours of each kind. */
function learnt(
  { shown, features, ratio }: Places,
  sure: Record<Kind, Float32Array>,
): (ColourModel | null)[] {
  return kinds.map((kind) => {
    const pixels = texelsOf(maskWhere(shown.length, (i) => shown[i] === 1 && sure[kind][i] > teaching))
    // Hair is learnt along the head's outline: further in it might be the forehead, further out the scene.
    const along = (i: number) => ratio[i] > hairReach.from && ratio[i] < hairReach.to
    return colourModel(features, kind === 'hair' ? pixels.filter(along) : pixels, sure[kind])
  })
}

function judged(
  { width, height, step, shown, features, shares: prior }: Places,
  models: (ColourModel | null)[],
): Record<Kind, Float32Array> {
  const weight = Float32Array.from(shown)
  // Log likelihoods, of what no kind has the colour alike for all; neighbours agree.
  const fits = new Float32Array(kinds.length * shown.length)
  for (let i = 0; i < shown.length; i++) {
    if (!shown[i]) continue
    for (let k = 0; k < kinds.length; k++) fits[kinds.length * i + k] = colourModelFit(models[k], features, i)
  }
  const smooth = blurWithin(fits, width, height, kinds.length, agreement / step, weight)
  const sure = emptyKinds(shown.length)
  const [likely, result] = [prior, sure].map((shares) => kinds.map((kind) => shares[kind]))
  const parts = new Float64Array(kinds.length)
  for (let i = 0; i < shown.length; i++) {
    if (!shown[i]) continue
    let sum = 0
    for (let k = 0; k < kinds.length; k++) {
      parts[k] = likely[k][i] * Math.exp(temper * smooth[kinds.length * i + k])
      sum += parts[k]
    }
    for (let k = 0; k < kinds.length; k++) result[k][i] = sum > 0 ? parts[k] / sum : likely[k][i]
  }
  return sure
}

function emptyKinds(size: number): Record<Kind, Float32Array> {
  const empty = () => new Float32Array(size)
  return { skin: empty(), hair: empty(), cloth: empty(), behind: empty() }
}
