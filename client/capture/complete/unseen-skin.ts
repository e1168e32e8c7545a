/** Skin where neither side shows anything. */

import { texelUnit } from '../../face/texel-unit.ts'
import type { Unwrap } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { dilate } from '../../image/morphology.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { quantile } from '../../image/statistics.ts'
import { texelsOf } from '../../image/texels.ts'

/** How far the skin's level is averaged, texels at 256 px. */
const reach = 16
/** A greater difference from the fitted shading than this (log units) is no plain skin. */
const tolerance = 0.35
/**
 * Share of the fitted shading that is believed at the rim, where no photo shows how it goes on. `rim`: cosine between the
 * normal and straight ahead, from the rim to where all of the shading is believed.
 */
const rimShare = 0.5
const rim = { from: 0.1, to: 0.4 }
/**
 * The shading is believed up to this percentile of the seen skin's at either end, and `beyondSeen` log units further. Else
 * light from one side would burn out what nobody has seen of the other.
 */
const extreme = 2
const beyondSeen = 0.1
/** Width of the border of what is known, and sigma over which it is judged, texels at 256 px. */
const borderWidth = 3
const borderReach = 12
/** Pull towards the skin's level at 256 px: beside hair or its shadow, and beside plain skin. */
const pull = { hair: 0.01, skin: 0.001 }

/** What is known of the texels, N x N each. */
export interface KnownSkin {
  /** 1 where neither side shows anything. */
  unseen: Uint8Array
  /** 0..1: skin whose colour counts, on its own side or mirrored. */
  skin: Float32Array
  /** 1 on the texels that the shading was fitted to. */
  fitted: Uint8Array
  /** 1 where skin would have been recognised: seen well on either side, and no feature. */
  judged: Uint8Array
  /** Texels whose level is wanted although they may be seen. */
  alsoLevel?: readonly number[]
}

export interface UnseenSkin {
  /** N x N x 3, log units: how the light goes on; 0 is its middle on the seen skin. */
  course: Float32Array
  /** N x N x 3, log domain: `course`, at the level of the skin around; where it is wanted. */
  level: Float32Array
  /** N x N: pull towards `level` at 256 px, on unseen texels. */
  pull: Float32Array
}

/**
 * The border of what is known is often the border of hair or its shadow: a membrane would carry that colour over all that
 * lies beyond. There the level of the skin further off counts more; beside plain skin the border is right.
 *
 * @param log N x N x 3: the texture in the log domain, where it is known
 * @param shading N x N x 3, log domain: fitted to the whole face, tells what is not plain skin
 */
export function unseenSkin(
  { size, normals }: Pick<Unwrap, 'size' | 'normals'>,
  log: Float32Array,
  shading: Float32Array,
  known: KnownSkin,
): UnseenSkin {
  const fitted = texelsOf(known.fitted.includes(1) ? known.fitted : known.unseen)
  const ranges = [0, 1, 2].map((c) => rangeOf(shading, c, fitted))
  const course = new Float32Array(shading.length)
  for (let i = 0, k = 0; i < known.unseen.length; i++) {
    const ahead = smoothstep(rim.from, rim.to, normals[3 * i + 2])
    const share = rimShare + ahead * (1 - rimShare)
    for (let c = 0; c < 3; c++, k++) {
      const { low, middle, high } = ranges[c]
      course[k] = share * (Math.min(high, Math.max(low, shading[k])) - middle)
    }
  }
  const plain = plainSkin(log, known.skin, shading)
  const wanted = known.unseen.slice()
  for (const i of known.alsoLevel ?? []) wanted[i] = 1
  return {
    course,
    level: skinLevel(log, size, plain, course, wanted) ?? shading,
    pull: pullOf(plainBorder(known, size, plain), known.unseen),
  }
}

/** N x N: strong beside hair, weak beside plain skin. */
function pullOf(plainBorder: Float32Array, unseen: Uint8Array): Float32Array {
  const result = new Float32Array(plainBorder.length)
  for (let i = 0; i < result.length; i++)
    if (unseen[i]) result[i] = pull.hair * (pull.skin / pull.hair) ** plainBorder[i]
  return result
}

/** N x N, 0..1: known skin, the less the more it differs from the fitted shading. */
function plainSkin(log: Float32Array, known: Float32Array, shading: Float32Array): Float32Array {
  const plain = new Float32Array(known.length)
  for (let i = 0; i < plain.length; i++) {
    if (known[i] === 0) continue
    let difference = 0
    for (let k = 3 * i; k < 3 * i + 3; k++) difference += (log[k] - shading[k]) / 3
    const step = Math.abs(difference) / tolerance
    if (step < 1) plain[i] = known[i] * (1 - step * step) ** 2
  }
  return plain
}

/** N x N x 3 where it is wanted; null where no plain skin is known. */
function skinLevel(
  log: Float32Array,
  size: number,
  plain: Float32Array,
  course: Float32Array,
  wanted: Uint8Array,
): Float32Array | null {
  if (!plain.some((value) => value > 0)) return null
  const above = new Float32Array(log.length)
  for (let k = 0; k < above.length; k++) above[k] = log[k] - course[k]
  const level = gaussianBlur(above, size, size, 3, reach * texelUnit(size), plain, wanted)
  for (let k = 0; k < level.length; k++) level[k] += course[k]
  return level
}

/** N x N, 0..1: how much of the border near an unseen texel is plain skin; 0 where none was judged. */
function plainBorder({ unseen, judged }: KnownSkin, size: number, plain: Float32Array): Float32Array {
  const unit = texelUnit(size)
  const beside = dilate(unseen, size, size, borderWidth * unit)
  const border = new Float32Array(plain.length)
  const isPlain = new Float32Array(plain.length)
  for (let i = 0; i < border.length; i++) {
    if (beside[i] && !unseen[i] && judged[i]) border[i] = 1
    if (plain[i] > 0) isPlain[i] = 1
  }
  return gaussianBlur(isPlain, size, size, 1, borderReach * unit, border, unseen)
}

/**
 * How dark and how light one channel of the shading is on the texels that it was fitted to. A shading that was fitted to
 * none is the same everywhere.
 */
function rangeOf(shading: Float32Array, channel: number, texels: readonly number[]) {
  const values = new Float32Array(texels.length)
  for (let k = 0; k < values.length; k++) values[k] = shading[3 * texels[k] + channel]
  const at = (percent: number) => quantile(values, percent / 100, 1) ?? 0
  return { low: at(extreme) - beyondSeen, middle: at(50), high: at(100 - extreme) + beyondSeen }
}
