/** Smooth shading of the skin as a linear function of the surface normal. */

import { texelUnit } from '../../face/texel-unit.ts'
import type { Unwrap } from '../../face/types.ts'
import { solve } from '../../image/linear.ts'
import { dilate } from '../../image/morphology.ts'
import { mean, median } from '../../image/statistics.ts'
import { countOf, maskWhere, texelsOf } from '../../image/texels.ts'

/** Skin begins this far from eyes, brows and lips, texels at 256 px. */
const featureMargin = 5
/** Rows of the face's UV layout between eyes and mouth. */
const cheekRows = [0.42, 0.62] as const
/**
 * A greater difference from the median than these (log units) is no skin, but hair, beard, shadow, glasses or a highlight.
 */
const chromaReach = 0.35
const darker = -1.1
const brighter = 0.9
const ridge = 1e-3
const rounds = 8
/** More texels than this would not make the fit's four unknowns more certain. */
const enoughForFit = 10_000
/** Least share of the charts that tells the skin's colour and shading. */
const minimalShare = 0.005
/** The log of mid-grey, for a face of which nothing is seen. */
const grey = Math.log(128)

/** N x N, 1 around eyes, brows and lips. */
export function featureZone({ size, features }: Unwrap): Uint8Array {
  return dilate(features, size, size, featureMargin * texelUnit(size))
}

/**
 * N x N, 1 on texels of the face's layout that the photo shows well and that look like this person's skin: what the cheeks
 * and the nose show, or, where too little of them is seen, all that is seen. Where that is next to nothing too, no texel is
 * taken for skin.
 *
 * @param log N x N x 3: the photo in the log domain
 * @param features N x N, of {@link featureZone}
 */
export function evenSkin(unwrap: Unwrap, log: Float32Array, features: Uint8Array): Uint8Array {
  const { size, weight, coverage, covered } = unwrap
  const candidates = maskWhere(
    coverage.length,
    (i) => coverage[i] === 1 && weight[i] > 0.5 && !features[i] && !covered?.[i],
  )
  const inRows = (i: number) => {
    const v = (Math.floor(i / size) + 0.5) / size
    return v > cheekRows[0] && v < cheekRows[1]
  }
  const least = minimalShare * countOf(coverage)
  const cheeks = texelsOf(maskWhere(candidates.length, (i) => candidates[i] === 1 && inRows(i)))
  const reference = cheeks.length >= least ? cheeks : texelsOf(candidates)
  const luminance = (i: number) => (log[i * 3] + log[i * 3 + 1] + log[i * 3 + 2]) / 3
  const chroma = (i: number, c: number) => log[i * 3 + c] - luminance(i)
  const middle = (of: (texel: number) => number) => median(Float64Array.from(reference, of), least)
  const usual = middle(luminance)
  if (usual === null) return new Uint8Array(size * size)
  const tint = [0, 1, 2].map((c) => middle((i) => chroma(i, c)) ?? 0)
  const likeTint = (i: number, c: number) => Math.abs(chroma(i, c) - tint[c]) < chromaReach
  return maskWhere(candidates.length, (i) => {
    if (!candidates[i]) return false
    const step = luminance(i) - usual
    return step > darker && step < brighter && likeTint(i, 0) && likeTint(i, 1) && likeTint(i, 2)
  })
}

/**
 * Fits, per channel, `log = x . [1, nx, ny, nz]` to the skin by iteratively reweighted least squares (bisquare) and
 * evaluates it on every texel of the charts.
 *
 * @param log N x N x 3: the photo in the log domain
 * @param skin N x N, of {@link evenSkin}
 * @returns N x N x 3; the mean of all that is seen where there is too little skin, grey where next to nothing is seen; 0
 *   outside the charts
 */
export function fitShading(unwrap: Unwrap, log: Float32Array, skin: Uint8Array): Float32Array {
  const { weight, normals, coverage } = unwrap
  const charts = texelsOf(coverage)
  let texels = texelsOf(skin)
  const least = minimalShare * charts.length
  const enough = texels.length >= least
  if (!enough) texels = charts.filter((i) => weight[i] > 0.5)
  const step = Math.max(1, Math.ceil(texels.length / enoughForFit))
  texels = texels.filter((_, k) => k % step === 0)
  const result = new Float32Array(log.length)
  for (let c = 0; c < 3; c++) {
    const values = Float64Array.from(texels, (i) => log[i * 3 + c])
    const weights = Float64Array.from(texels, (i) => weight[i])
    const x = enough
      ? robustFit(normals, texels, values, weights)
      : [mean(values, least / step) ?? grey, 0, 0, 0]
    for (const i of charts) {
      result[i * 3 + c] = x[0] + x[1] * normals[i * 3] + x[2] * normals[i * 3 + 1] + x[3] * normals[i * 3 + 2]
    }
  }
  return result
}

function robustFit(
  normals: Float32Array,
  texels: readonly number[],
  values: Float64Array,
  weights: Float64Array,
): ArrayLike<number> {
  const total = weights.reduce((sum, value) => sum + value, 0)
  const trust = weights.slice()
  let x: ArrayLike<number> = [0, 0, 0, 0]
  for (let round = 0; round <= rounds; round++) {
    // The normal equations, row-major, with the right-hand side as fifth column.
    const equations = new Float64Array(4 * 5)
    const row = [1, 0, 0, 0, 0]
    for (let t = 0; t < texels.length; t++) {
      const n = texels[t] * 3
      row[1] = normals[n]
      row[2] = normals[n + 1]
      row[3] = normals[n + 2]
      row[4] = values[t]
      for (let j = 0; j < 4; j++)
        for (let k = 0; k < 5; k++) equations[5 * j + k] += trust[t] * row[j] * row[k]
    }
    for (let j = 1; j < 4; j++) equations[5 * j + j] += ridge * total
    x = solve(equations, 4)
    const residual = values.map((value, t) => {
      const n = texels[t] * 3
      return Math.abs(value - x[0] - x[1] * normals[n] - x[2] * normals[n + 1] - x[3] * normals[n + 2])
    })
    // Tukey's bisquare, its scale from the median absolute residual.
    const scale = Math.max(2.5 * 1.48 * (median(residual, 1) ?? 0), 1e-4)
    for (let t = 0; t < texels.length; t++) {
      trust[t] = residual[t] < scale ? weights[t] * (1 - (residual[t] / scale) ** 2) ** 2 : 0
    }
  }
  return x
}
