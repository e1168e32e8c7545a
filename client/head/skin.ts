/** The skin of the rest of the head: this person's tone, without a step at the face, near what the photo shows of it. */

import { interpolate, interpolateAt } from '../capture/mesh/rasterize.ts'
import type { Capture } from '../face/types.ts'
import { meanLog } from '../image/log-texture.ts'
import { smoothstep } from '../image/smoothstep.ts'
import { median } from '../image/statistics.ts'
import { faceRim } from './face-rim.ts'
import type { HeadMesh } from './head-mesh.ts'
import type { RestSurface } from './rest-surface.ts'
import { fromRim } from './rim.ts'
import { scalpOf } from './scalp-vertices.ts'
import type { HeadSight } from './sight.ts'
import { addSkinGrain } from './skin-grain.ts'
import { soften } from './soften.ts'
import { spreadOverMesh } from './spread.ts'
import { restTexels } from './texture-sides.ts'

export interface HeadSkin {
  /** N x N x 3, log domain: skin as it may look where nobody has seen it. */
  log: Float32Array
  /** N x N, 0..1: how far the photo shows skin there. */
  own: Float32Array
}

/** Skin that is seen holds the tone around it this strongly, per square centimetre. By eye. */
const seenPull = 4
/** So do the rim's plain parts. */
const rimPull = 20
/** The face's middle skin holds what lies far from all of it: per square centimetre, gone within about 15 cm. */
const usualPull = 0.004
/** The face's tone at the rim is read this far inside of it, share of the way to the middle, as a mean over this much to each side (share of the texture's). */
const inwards = 0.04
const rimBlur = 0.012
/** What the rim has beyond plain skin (a beard, the shadow of hair) fades within about this: centimetres. By eye. */
const oddReach = 0.9
/** Log units from the face's middle skin: up to `from` the rim is plain skin, beyond `to` it is a beard, hair or a shadow. By eye. */
const odd = {
  chroma: { from: 0.1, to: 0.22 },
  darker: { from: 0.25, to: 0.6 },
  brighter: { from: 0.3, to: 0.6 },
}
/** A vertex of which less than this share is seen as skin is no way for skin to go on. */
const leastSeen = 0.3
/** What is seen as skin is skin over this much around it: collars show bits of its colour. Centimetres. */
const leastRadius = 0.2
/** Skin that sees nothing of the sky is this bright, of skin as open as the scalp: light comes off skin around it, too. By eye. */
const leastLight = 0.55
/** The face's own light goes over into the rest's within this of the rim: centimetres. */
const rimFade = 1.5

/**
 * @param surface of the head
 * @param sight what the photo shows of this head, at N texels a side
 * @param hair N x N, 0..1: how surely a texel is hair, or no skin for another reason
 * @param seenLog N x N x 3: what the photo shows, log domain
 */
export function headSkin(
  head: HeadMesh,
  surface: RestSurface,
  capture: Capture,
  sight: HeadSight,
  hair: Float32Array | null,
  seenLog: Float32Array,
): HeadSkin {
  const { layout } = sight
  const rim = faceRim(capture.mesh)
  const own = skinSeen(head, rim, surface, sight, hair)
  const shade = shadeOf(head, rim)
  const tone = toneOf(head, capture, surface, seenTone(head, own, layout, seenLog, shade))
  for (let v = 0; v < shade.length; v++) for (let k = 3 * v; k < 3 * v + 3; k++) tone[k] += shade[v]
  const log = interpolate(layout, head.triangles, tone, 3)
  addSkinGrain(log, capture)
  return { log, own }
}

/** N x N, 0..1: how far the photo shows this person's skin there. */
function skinSeen(
  head: HeadMesh,
  rim: readonly number[],
  surface: RestSurface,
  { unwrap, likeness, layout, isScalp, hair: haired }: HeadSight,
  hair: Float32Array | null,
): Float32Array {
  const { size } = unwrap
  const skin = new Float32Array(likeness.length)
  const mask = new Float32Array(likeness.length)
  for (let i = 0; i < skin.length; i++) {
    skin[i] = likeness[i] * (hair ? 1 - hair[i] : 1)
    mask[i] = skin[i] > 0.4 || layout.triangle[i] < 0 ? 1 : 0
  }
  const around = soften(mask, size, restTexels(leastRadius, size))
  for (let i = 0; i < skin.length; i++) skin[i] *= smoothstep(0.5, 0.9, around[i])
  const reached = reachedFromFace(
    head,
    rim,
    surface,
    skin,
    layout,
    (v) => haired !== null && !hair && isScalp(v),
  )
  for (let i = 0; i < skin.length; i++)
    if (skin[i] > 0) skin[i] *= interpolateAt(layout, head.triangles, reached, i)
  return skin
}

/**
 * V, 0 or 1: skin hangs together with the face. What has its colour beyond a collar or within hair is something else, and so is
 * a scalp that is not bald.
 */
function reachedFromFace(
  { place, triangles }: HeadMesh,
  rim: readonly number[],
  { matrix }: RestSurface,
  likeness: Float32Array,
  { triangle }: HeadSight['layout'],
  isScalp: (v: number) => boolean,
): Float32Array {
  const skin = new Float64Array(place.length)
  const all = new Float64Array(place.length)
  for (let i = 0; i < triangle.length; i++) {
    if (triangle[i] < 0) continue
    for (let corner = 0; corner < 3; corner++) {
      const v = place[triangles[3 * triangle[i] + corner]]
      skin[v] += likeness[i]
      all[v]++
    }
  }
  const reached = new Set(rim)
  for (const v of reached)
    for (const other of matrix.column.subarray(matrix.start[v], matrix.start[v + 1]))
      if (skin[other] > leastSeen * all[other] && !isScalp(other)) reached.add(other)
  return Float32Array.from(place, (first) => (reached.has(first) ? 1 : 0))
}

interface SeenTone {
  /** V x 3, log domain. */
  values: Float64Array
  /** V, 0 or more texels. */
  texels: Float64Array
}

/** What the photo shows at each vertex, less its shade: what is unseen beside a shadow is not to be darkened twice. */
function seenTone(
  head: HeadMesh,
  own: Float32Array,
  layout: HeadSight['layout'],
  seenLog: Float32Array,
  shade: Float32Array,
): SeenTone {
  const seen = vertexMeans(head, layout, seenLog, own)
  for (let k = 0; k < seen.values.length; k++) seen.values[k] -= shade[Math.floor(k / 3)]
  return seen
}

/**
 * Means of texels at the vertices around them.
 *
 * @param values N x N x 3
 * @param weight N x N, 0..1
 * @returns `values` V x 3 at the first vertex of each place, `texels` V
 */
export function vertexMeans(
  head: HeadMesh,
  layout: HeadSight['layout'],
  values: Float32Array,
  weight: Float32Array,
): SeenTone {
  const sums = new Float64Array(head.positions.length)
  const texels = new Float64Array(sums.length / 3)
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i]
    if (w === 0 || layout.triangle[i] < 0) continue
    const b = layout.weights[2 * i]
    const c = layout.weights[2 * i + 1]
    for (let corner = 0; corner < 3; corner++) {
      const share = w * (corner === 0 ? 1 - b - c : corner === 1 ? b : c)
      const v = head.place[head.triangles[3 * layout.triangle[i] + corner]]
      texels[v] += share
      for (let k = 0; k < 3; k++) sums[3 * v + k] += share * values[3 * i + k]
    }
  }
  for (let k = 0; k < sums.length; k++) sums[k] /= Math.max(1e-9, texels[Math.floor(k / 3)])
  return { values: sums, texels }
}

/**
 * V x 3, log domain: at the rim the face's, near what is seen, a membrane elsewhere. What is odd about the rim stays there.
 */
function toneOf(
  head: HeadMesh,
  capture: Capture,
  surface: RestSurface,
  { values, texels }: SeenTone,
): Float32Array {
  const { mesh, content, size } = capture
  const radius = Math.max(1, Math.round(rimBlur * size))
  const at = (v: number, inside: number) => {
    const [x, y] = [0, 1].map((axis) => {
      const uv = mesh.uv[2 * v + axis]
      return Math.floor((uv + inside * (0.5 - uv)) * size)
    })
    return meanLog(content, size, x, y, radius)
  }
  const usual = usualSkin(capture)
  const rim = faceRim(mesh)
  const seen = texels.map((count) => seenPull * Math.min(1, count / 4))
  for (const v of rim) {
    const colour = at(v, inwards)
    seen[v] = rimPull * plainness(colour, usual)
    values.set(colour, 3 * v)
  }
  for (const v of surface.vertices) {
    for (let k = 0; k < 3; k++)
      values[3 * v + k] = (seen[v] * values[3 * v + k] + usualPull * usual[k]) / (seen[v] + usualPull)
    seen[v] += usualPull
  }
  const none = new Uint8Array(texels.length)
  const plain = spreadOverMesh(surface, 3, { values, held: none, seen })

  const held = new Uint8Array(texels.length)
  const oddness = new Float64Array(values.length)
  for (const v of rim) {
    held[v] = 1
    for (const [k, value] of at(v, inwards / 4).entries()) oddness[3 * v + k] = value - plain[3 * v + k]
  }
  const fading = { values: oddness, held, seen: new Float64Array(texels.length).fill(1 / oddReach ** 2) }
  const faded = spreadOverMesh(surface, 3, fading)
  return Float32Array.from(plain, (_, k) => {
    const from = 3 * head.place[Math.floor(k / 3)] + (k % 3)
    return plain[from] + faded[from]
  })
}

/** The middle of the face's skin, log domain. */
function usualSkin({ sampled, weight, features }: Capture): number[] {
  const texels: number[] = []
  for (let i = 0; i < weight.length; i++) if (weight[i] > 0.6 && !features[i]) texels.push(i)
  return [0, 1, 2].map((c) => {
    const values = new Float32Array(texels.length)
    for (let k = 0; k < values.length; k++) values[k] = sampled[3 * texels[k] + c]
    return Math.log(255 * (median(values, 1) ?? 0) + 8)
  })
}

/** 0..1: is this plain skin? */
function plainness(colour: readonly number[], usual: readonly number[]): number {
  const [r, g, b] = colour.map((value, c) => value - usual[c])
  const level = (r + g + b) / 3
  const { from, to } = level < 0 ? odd.darker : odd.brighter
  const chroma = smoothstep(odd.chroma.from, odd.chroma.to, Math.hypot(r - g, b - g))
  return (1 - chroma) * (1 - smoothstep(from, to, Math.abs(level)))
}

/**
 * V, log units, at most 0: by how much less light reaches what is less open than the scalp. 0 at the face's rim, lest there be a
 * step: of the face the photo shows the light.
 */
function shadeOf({ positions, openness, faceVertices }: HeadMesh, rim: readonly number[]): Float32Array {
  const isScalp = scalpOf({ positions })
  const usual = median(
    openness.filter((_, v) => v >= faceVertices && isScalp(v)),
    1,
  )
  if (!usual) return new Float32Array(openness.length)
  const { distance } = fromRim({ positions }, rim)
  return openness.map((open, v) => {
    const light = leastLight + (1 - leastLight) * Math.min(1, open / usual)
    return Math.log(light) * smoothstep(0, rimFade, distance[v])
  })
}
