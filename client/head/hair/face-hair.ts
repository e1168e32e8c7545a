/** The photo's own hair on the forehead and the temples. The face by itself has skin there, on a head that reads as a wig's edge. */

import type { Capture } from '../../face/types.ts'
import { reached } from '../../image/flood.ts'
import { dilate, erode } from '../../image/morphology.ts'
import { padTexture } from '../../image/pad.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { maskWhere } from '../../image/texels.ts'
import { soften } from '../soften.ts'
import { faceTexels } from '../texture-sides.ts'
import type { HairLikeness } from './painted-likeness.ts'

export interface FaceHair {
  /** N x N x 3, sRGB-encoded, 0..1 */
  colour: Float32Array
  /** N x N, 0..1: how much of it lies over the face. */
  weight: Float32Array
}

/** From here to there on the texture's way down hair ends, about the height of the brows: shares of the side. */
const lowest = { from: 0.2, to: 0.34 }
/** Within this the face keeps its own: a superellipse about the middle, shares of the side. */
const inner = { x: 0.5, y: 0.65, width: 0.34, height: 0.41, power: 4 }
/** The capture took less than this share of what is seen for skin: */
const believed = 0.5
/** there the least likeness to hair tells that it is some. */
const leastLikely = 0.15
/** Less of it than this is not seen: hair goes on there as it is around. */
const leastSeen = 0.25
/**
 * Centimetres: hair thinner than `thinnest` is noise, it is taken along with this much around it, its edge is as `soft`, and it
 * begins this near to the `rim`.
 */
const edge = { thinnest: 0.12, around: 0.1, soft: 0.08, rim: 0.8 }
/** Hair ends before eyes and brows, softly: none within `from`, all beyond `to`, centimetres. */
const clear = { from: 0.15, to: 0.9 }

/**
 * @param capture with what the photo shows at a grazing angle
 * @param likeness of the same, N x N
 * @returns null where no hair comes over the rim
 */
export function faceHair(
  { size, coverage, weight, grazing, features }: Capture,
  { hair }: Pick<HairLikeness, 'hair'>,
): FaceHair | null {
  if (!grazing) return null
  const texels = (centimetres: number) => faceTexels(centimetres, size)
  const seen = new Uint8Array(size * size)
  for (let i = 0; i < lowest.to * seen.length; i++) {
    if (!coverage[i] || grazing.weight[i] < leastSeen || weight[i] > believed * grazing.weight[i]) continue
    const u = ((i % size) + 0.5) / size
    const v = (Math.floor(i / size) + 0.5) / size
    if (v > lowest.to || hair[i] <= leastLikely || within(u, v)) continue
    seen[i] = 1
  }
  const solid = dilate(
    erode(seen, size, size, texels(edge.thinnest)),
    size,
    size,
    texels(edge.thinnest + edge.around),
  )
  // Hair grows from beyond the rim.
  const border = rimTexels(coverage, size, Math.ceil(texels(edge.rim)))
  const hanging = reached(
    size,
    (i) => border[i] === 1 && solid[i] === 1,
    (i) => solid[i] === 1,
  )
  if (!hanging.includes(1)) return null
  // What is not seen, and the texels around the charts, go on as what is seen next to them.
  const visible = maskWhere(seen.length, (i) => coverage[i] > 0 && grazing.weight[i] >= leastSeen)
  const colour = padTexture(grazing.sampled, size, visible)
  const soft = soften(padTexture(new Float32Array(hanging), size, visible, 1), size, texels(edge.soft))
  const near = soften(
    new Float32Array(dilate(features, size, size, texels((clear.from + clear.to) / 2))),
    size,
    texels((clear.to - clear.from) / 4),
  )
  for (let i = 0; i < soft.length; i++) {
    if (soft[i] === 0) continue
    const height = 1 - smoothstep(lowest.from, lowest.to, (Math.floor(i / size) + 0.5) / size)
    soft[i] *= height * (1 - smoothstep(0.05, 0.95, near[i]))
  }
  return { colour, weight: soft }
}

function within(u: number, v: number): boolean {
  const [x, y] = [Math.abs(u - inner.x) / inner.width, Math.abs(v - inner.y) / inner.height]
  return x ** inner.power + y ** inner.power < 1
}

/** 1 on the charts within some texels of what is outside of them. */
function rimTexels(coverage: Uint8Array, size: number, reach: number): Uint8Array {
  const core = erode(coverage, size, size, reach)
  return maskWhere(coverage.length, (i) => coverage[i] !== 0 && core[i] === 0)
}

/**
 * The face's texture as it belongs on the head: with the photo's own hair over it.
 *
 * @param texture N x N x 3, sRGB-encoded, 0..1; stays as it is
 * @param hair of the same size; null: none
 * @throws RangeError where it has another size
 */
export function faceOnHead(texture: Float32Array, hair: FaceHair | null): Float32Array {
  if (!hair) return texture
  if (hair.colour.length !== texture.length)
    throw new RangeError(
      `The face's texture has ${texture.length} values, the hair over it ${hair.colour.length}: both need one size.`,
    )
  const result = texture.slice()
  for (let i = 0; i < hair.weight.length; i++) {
    const w = hair.weight[i]
    if (w === 0) continue
    for (let k = 3 * i; k < 3 * i + 3; k++) result[k] += w * (hair.colour[k] - result[k])
  }
  return result
}
