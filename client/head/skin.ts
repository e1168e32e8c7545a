/** The skin of the rest of the head: from the photo where it shows it, else this person's tone, without a step at the face. */

import { interpolate, type Raster } from '../capture/mesh/rasterize.ts'
import type { Capture } from '../face/types.ts'
import { gaussianBlur } from '../image/blur.ts'
import { fromLog, toLog } from '../image/log-texture.ts'
import { padTexture } from '../image/pad.ts'
import { bilinear } from '../image/sample.ts'
import { smoothstep } from '../image/smoothstep.ts'
import { median } from '../image/statistics.ts'
import { scalpOf } from './bald.ts'
import { faceRim } from './face-rim.ts'
import type { HeadMesh } from './head-mesh.ts'
import { type Laplacian, laplacian } from './laplacian.ts'
import type { HeadSight } from './sight.ts'
import { spreadOverMesh } from './spread.ts'

export interface HeadSkin {
  /** N x N x 3, sRGB-encoded, 0..1: the right half of the head's texture, padded. */
  texture: Float32Array
  /** N x N, 0..1: how much of each texel is the photo's own. */
  own: Float32Array
}

/** Skin that is seen holds the tone around it this strongly, per square centimetre. By eye. */
const seenPull = 4
/** The face's tone at the rim is read this far inside of it, share of the way to the middle, after a blur (share of the side). */
const inwards = 0.04
const rimBlur = 0.012
/** A vertex of which less than this share is seen as skin is no way for skin to go on. */
const leastSeen = 0.3
/** Skin that sees nothing of the sky is this bright, of skin as open as the scalp: light comes off skin around it, too. By eye. */
const leastLight = 0.55
/** The face's own light goes over into the rest's within this of the rim: centimetres. */
const rimFade = 1.5

/** @param sight what the photo shows of this head, at N texels a side */
export function headSkin(head: HeadMesh, capture: Capture, sight: HeadSight): HeadSkin {
  const { unwrap, layout, likeness, isScalp, bald } = sight
  const surface = laplacian(head.positions, weldedRest(head))
  const rim = faceRim(capture.mesh)
  const reached = reachedFromFace(head, rim, surface, likeness, layout, (v) => !bald && isScalp(v))
  const within = interpolate(layout, head.triangles, reached, 1)
  const own = likeness.map((value, i) => value * within[i])
  const seen = toLog(unwrap.sampled)
  const tone = toneOf(head, capture, surface, seenTone(head, own, seen, layout))
  const shade = shadeOf(head, rim)
  const shaded = tone.map((value, k) => value + shade[Math.floor(k / 3)])
  const base = interpolate(layout, head.triangles, shaded, 3)
  const texture = base.map((value, k) => {
    const w = own[Math.floor(k / 3)]
    return Math.min(1, Math.max(0, fromLog(value + w * (seen[k] - value))))
  })
  return { texture: padTexture(texture, unwrap.size, unwrap.coverage), own }
}

/** The rest's triangles over one vertex a place. */
function weldedRest({ triangles, faceTriangles, place }: HeadMesh): Uint32Array {
  return triangles.subarray(3 * faceTriangles).map((v) => place[v])
}

/**
 * V, 0 or 1: skin hangs together with the face. What has its colour beyond a collar or within hair is something else, and so is
 * a scalp that is not bald.
 */
function reachedFromFace(
  { place, triangles }: HeadMesh,
  rim: readonly number[],
  { rows }: Laplacian,
  likeness: Float32Array,
  layout: Raster,
  isScalp: (v: number) => boolean,
): Float32Array {
  const [skin, all] = [0, 1].map(() => new Float64Array(rows.length))
  for (const [i, triangle] of layout.triangle.entries()) {
    if (triangle < 0) continue
    for (let corner = 0; corner < 3; corner++) {
      const v = place[triangles[3 * triangle + corner]]
      skin[v] += likeness[i]
      all[v]++
    }
  }
  const reached = new Set(rim)
  for (const v of reached)
    for (const other of rows[v].keys())
      if (skin[other] > leastSeen * all[other] && !isScalp(other)) reached.add(other)
  return Float32Array.from({ length: rows.length }, (_, v) => (reached.has(place[v]) ? 1 : 0))
}

interface SeenTone {
  /** V x 3, log domain. */
  values: Float64Array
  /** V, 0 or more texels. */
  texels: Float64Array
}

/** What the photo shows at each vertex. */
function seenTone(head: HeadMesh, own: Float32Array, seen: Float32Array, layout: Raster): SeenTone {
  const values = new Float64Array(head.positions.length)
  const texels = new Float64Array(values.length / 3)
  for (const [i, w] of own.entries()) {
    if (w === 0) continue
    const [b, c] = layout.weights.subarray(2 * i, 2 * i + 2)
    for (const [corner, share] of [1 - b - c, b, c].entries()) {
      const v = head.place[head.triangles[3 * layout.triangle[i] + corner]]
      texels[v] += share * w
      for (let k = 0; k < 3; k++) values[3 * v + k] += share * w * seen[3 * i + k]
    }
  }
  for (let k = 0; k < values.length; k++) values[k] /= Math.max(1e-9, texels[Math.floor(k / 3)])
  return { values, texels }
}

/** V x 3, log domain: held at the face's rim, near what is seen, a membrane elsewhere. */
function toneOf(
  head: HeadMesh,
  { mesh, content, size }: Capture,
  surface: Laplacian,
  { values, texels }: SeenTone,
): Float32Array {
  const held = new Uint8Array(texels.length)
  const face = gaussianBlur(toLog(content), size, size, 3, rimBlur * size)
  for (const v of faceRim(mesh)) {
    held[v] = 1
    const [x, y] = [0, 1].map((axis) => {
      const at = mesh.uv[2 * v + axis]
      return (at + inwards * (0.5 - at)) * size
    })
    for (let k = 0; k < 3; k++) values[3 * v + k] = bilinear(face, size, size, 3, k, x, y)
  }
  const taking = [...new Set(weldedRest(head))]
  const seen = texels.map((count) => seenPull * Math.min(1, count / 4))
  const tone = spreadOverMesh(surface, taking, 3, { values, held, seen })
  return Float32Array.from(tone, (_, k) => tone[3 * head.place[Math.floor(k / 3)] + (k % 3)])
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
  return openness.map((open, v) => {
    const light = leastLight + (1 - leastLight) * Math.min(1, open / usual)
    return Math.log(light) * smoothstep(0, rimFade, distanceTo(rim, positions, v))
  })
}

/** From a vertex to the nearest of some. */
function distanceTo(others: readonly number[], positions: Float32Array, v: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const other of others) {
    const dx = positions[3 * other] - positions[3 * v]
    const dy = positions[3 * other + 1] - positions[3 * v + 1]
    const dz = positions[3 * other + 2] - positions[3 * v + 2]
    least = Math.min(least, dx * dx + dy * dy + dz * dz)
  }
  return Math.sqrt(least)
}
