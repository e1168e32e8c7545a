/** Where hair grows on the rest of a head: as the photo shows it, else as its mirror image does, else as usual. */

import { interpolateAt } from '../../capture/mesh/rasterize.ts'
import type { Capture } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { reached } from '../../image/flood.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { mirrorTexel } from '../../image/texels.ts'
import { faceRim } from '../face-rim.ts'
import type { HeadMesh } from '../head-mesh.ts'
import { onWholeHead } from '../rest-attribute.ts'
import { fromRim } from '../rim.ts'
import type { HeadSight } from '../sight.ts'
import { soften } from '../soften.ts'
import { restTexels } from '../texture-sides.ts'
import type { FaceHair } from './face-hair.ts'
import type { UsualHair } from './painted-hairline.ts'
import { smoothNoise } from './painted-strands.ts'
import type { SeenHair } from './seen-hair.ts'

export interface HairCover {
  /** N x N, 0..1: how far hair covers the skin. */
  cover: Float32Array
  /** N x N, 0..1: how far the photo shows hair there. */
  own: Float32Array
  /** N x N, 0..1: how far it shows hair in the mirrored place only. */
  mirrored: Float32Array
}

/** Nothing but hair grows this far above the hairline, and behind this depth: centimetres, mean head. */
const deep = { from: 1.2, to: 2.6, depth: { from: -3.5, to: -6 } }
/** The usual hairline: how far hair thins out around it, how far single locks reach, and how it wavers. Centimetres. */
const thinning = { from: -1.2, to: 1.2, ragged: 0.4, wavy: 0.35 }
/** Where the face has skin at the rim, hair begins behind it: centimetres. */
const behindRim = { from: 0.1, to: 1.1, ragged: 0.25 }
/** What is seen is believed on its own side and mirrored after a blur: centimetres. */
const believed = 0.25
/** Nor is what lies this near to something else: centimetres. */
const besideOther = 0.2
/** Hair that comes over the rim covers this much behind it at least: centimetres. */
const rooting = { from: 0.8, to: 2 }
/** Skin shows where hair covers less than this share; what lies this near to the rim lies next to the face (centimetres). */
const bareBelow = 0.6
const nextToFace = 0.3
/** So far above the usual hairline there is hair in any case, centimetres. */
const surelyScalp = 2.5

/**
 * @param usual of the same model
 * @param possible N x N, 0..1: may hair grow there at all?
 * @param seen on the same photo
 * @param strands N x N, deviation 1: locks end raggedly along them
 */
export function hairCover(
  head: HeadMesh,
  capture: Capture,
  { unwrap, layout }: HeadSight,
  usual: UsualHair,
  possible: Float32Array,
  seen: SeenHair,
  strands: Float32Array,
): HairCover {
  const { size, weight } = unwrap
  const { likeness, sure, onFace } = seen
  const { hair, either } = likeness
  const n = size * size
  const texels = (centimetres: number) => restTexels(centimetres, size)
  // Asked for where hair is possible only.
  const at = (values: Float32Array) => (i: number) => interpolateAt(layout, head.triangles, values, i)
  const above = at(onWholeHead(head, usual.above))
  const depth = at(
    onWholeHead(
      head,
      usual.mesh.positions.filter((_, k) => k % 3 === 2),
    ),
  )
  const rim = rimAttributes(head, capture, onFace)
  const fromFace = at(rim.distance)
  const rimHair = at(rim.hair)

  const other = new Float32Array(n)
  for (let i = 0; i < n; i++) other[i] = weight[i] > 0 ? 1 - either[i] : 0
  // Beside what is neither hair nor skin the colours of both mix.
  const beside = soften(other, size, texels(besideOther))
  const trusted = new Float32Array(n)
  const own = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    trusted[i] = possible[i] > 0.01 ? weight[i] * either[i] * (1 - smoothstep(0.05, 0.3, beside[i])) : 0
    own[i] = trusted[i] * hair[i] * possible[i]
  }
  const ragged = gaussianBlur(strands, size, size, 1, texels(0.07))
  const wavering = smoothNoise(size, texels(0.9))
  let sum = 0
  for (let i = 0; i < n; i++) sum += ragged[i] * ragged[i]
  const raggedScale = Math.sqrt(n / Math.max(1e-9, sum)) * 0.7

  // Own where it is seen, else mirrored, else the usual hairline.
  const shown = soften(trusted, size, texels(believed))
  const cover = new Float32Array(n)
  const mirrored = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    if (possible[i] === 0) continue
    const lock = raggedScale * ragged[i]
    const height = above(i)
    const behind = fromFace(i)
    const ofRim = rimHair(i)
    const prior =
      smoothstep(thinning.from, thinning.to, height + thinning.ragged * lock + thinning.wavy * wavering[i]) *
      smoothstep(behindRim.from, behindRim.to, behind + 2 * ofRim + behindRim.ragged * lock)
    const ofOwn = sure * smoothstep(0.1, 0.6, shown[i])
    const there = mirrorTexel(i, size)
    const ofMirrored = sure * smoothstep(0.1, 0.6, shown[there]) * (1 - ofOwn)
    const guess = ofOwn * hair[i] + ofMirrored * hair[there] + (1 - ofOwn - ofMirrored) * prior
    const certain =
      smoothstep(deep.from, deep.to, height) * smoothstep(-deep.depth.from, -deep.depth.to, -depth(i))
    // What hangs over the rim grows from behind it.
    const rooted = ofRim * (1 - smoothstep(rooting.from, rooting.to, behind))
    cover[i] = possible[i] * Math.max(guess, certain, rooted)
    mirrored[i] = own[there]
  }
  clearIslands(cover, possible, above, fromFace, size)
  for (let i = 0; i < n; i++) {
    own[i] *= cover[i]
    mirrored[i] = Math.min(mirrored[i] * (1 - own[i]), cover[i])
  }
  return { cover, own, mirrored }
}

/**
 * Bare spots that hair surrounds are highlights on it: skin hangs together with face, ears or neck. And hair hangs together with the
 * scalp's: other spots are shadows.
 */
function clearIslands(
  cover: Float32Array,
  possible: Float32Array,
  above: (texel: number) => number,
  fromFace: (texel: number) => number,
  size: number,
): void {
  const bare = reached(
    size,
    (i) => possible[i] > 0 && cover[i] < bareBelow && (possible[i] < 0.5 || fromFace(i) < nextToFace),
    (i) => possible[i] > 0 && cover[i] < bareBelow,
  )
  for (let i = 0; i < cover.length; i++)
    if (!bare[i] && cover[i] < bareBelow * possible[i]) cover[i] = possible[i]
  const hair = reached(
    size,
    (i) => cover[i] > 0.05 && above(i) > surelyScalp,
    (i) => cover[i] > 0.05,
  )
  for (let i = 0; i < cover.length; i++) if (!hair[i]) cover[i] = 0
}

/** V: how far from the rim, and how hairy the face is there. */
function rimAttributes(head: HeadMesh, { mesh, size }: Capture, onFace: FaceHair | null) {
  const rim = faceRim(mesh)
  const { distance, nearest } = fromRim(head, rim)
  const atRim = rim.map((v) => {
    if (!onFace) return 0
    let [x, y] = [0, 1].map((axis) => {
      const uv = mesh.uv[2 * v + axis]
      return (uv + 0.03 * (0.5 - uv)) * size
    })
    x = Math.min(size - 1, Math.floor(x))
    y = Math.min(size - 1, Math.floor(y))
    return onFace.weight[y * size + x]
  })
  return { distance, hair: Float32Array.from(nearest, (i) => atRim[i]) }
}
