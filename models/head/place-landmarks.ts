/** Where on a surface landmarks lie that were seen there several times, with errors. */
import { similarity } from '../../client/capture/locate/pose.ts'
import type { CanonicalFace } from '../../client/capture/mesh/canonical.ts'
import { innerLips, meshLandmarks } from '../../client/face/contours.ts'
import { conjugateGradient, sparseMatrix } from '../../client/image/sparse.ts'
import { closestPoint } from './closest-point.ts'
import type { Correspondence } from './correspondence.ts'

/** One sight of a landmark. */
export interface Sample {
  /** x, y, z on the reference head, centimetres. */
  at: number[]
  weight: number
}

export interface Surface {
  /** T x 3 */
  triangles: Uint32Array
  /** Triangles that a landmark may lie on. */
  skin: Set<number>
  /** Triangles that one of the lips' inner contour may lie on. */
  upperLip: Set<number>
  lowerLip: Set<number>
}

/** Sights that are further off than this count less: centimetres. */
const usualError = 0.4
/** How much the displacements of neighbouring landmarks from the canonical face have to agree. */
const smoothness = 0.3
/** A landmark with sights of this total weight is fully believed. */
const enough = 6

/**
 * The mean sight of each landmark, made to agree with its neighbours' and its mirror image's, on the surface.
 *
 * @param samples 468 lists
 * @param positions V x 3, centimetres, symmetric in x = 0
 * @returns `spread`: median and 90% of the sights' root mean square distances from their mean; `distance`: median and
 *   greatest from the smoothed places to the surface. Centimetres.
 */
export function placeLandmarks(
  samples: Sample[][],
  canonical: Pick<CanonicalFace, 'pos' | 'tri' | 'basis' | 'mirror'>,
  positions: Float64Array,
  surface: Surface,
): { correspondence: Correspondence; spread: number[]; distance: number[] } {
  const { mirror } = canonical
  const means = samples.map((own, i) => robustMean([...own, ...samples[mirror[i]].map(mirrored)]))
  const smooth = smoothed(means, canonical)
  const symmetric = smooth.map(([x, y, z], i) => {
    const other = smooth[mirror[i]]
    return [(x - other[0]) / 2, (y + other[1]) / 2, (z + other[2]) / 2]
  })
  const [skin, upperLip, lowerLip] = [surface.skin, surface.upperLip, surface.lowerLip].map((part) =>
    [...part].sort((a, b) => a - b).flatMap((t) => [...surface.triangles.subarray(3 * t, 3 * t + 3)]),
  )
  const correspondence: Correspondence = { triangles: [], weights: [] }
  const distances = symmetric.map((place, i) => {
    const onLips = innerLips.indexOf(i)
    let [at, part] = [place, skin]
    if (onLips >= 0) {
      // The reference head's mouth is closed: each landmark of the upper lip lies where that of the lower one does.
      const other = symmetric[innerLips[(innerLips.length - onLips) % innerLips.length]]
      at = place.map((value, c) => (value + other[c]) / 2)
      part = onLips <= innerLips.length / 2 ? upperLip : lowerLip
    }
    const { triangle, weights, distance } = closestPoint(at, positions, part)
    correspondence.triangles.push(...part.slice(3 * triangle, 3 * triangle + 3))
    correspondence.weights.push(...weights.map((weight) => Math.round(1e4 * weight) / 1e4))
    return distance
  })
  const spreads = means.filter(({ total }) => total > 0).map(({ spread }) => spread)
  return {
    correspondence,
    spread: [0.5, 0.9].map((share) => quantile(spreads, share)),
    distance: [0.5, 1].map((share) => quantile(distances, share)),
  }
}

function mirrored({ at: [x, y, z], weight }: Sample): Sample {
  return { at: [-x, y, z], weight }
}

interface Mean {
  at: number[]
  /** Sum of the weights; 0 where there are too few sights. */
  total: number
  spread: number
}

/** Weights of Cauchy's loss, from the median on. */
function robustMean(samples: Sample[]): Mean {
  if (samples.length < 4) return { at: [0, 0, 0], total: 0, spread: 0 }
  const off = ({ at }: Sample, from: number[]) => Math.hypot(...at.map((value, c) => value - from[c]))
  let at = [0, 1, 2].map((c) =>
    quantile(
      samples.map((sample) => sample.at[c]),
      0.5,
    ),
  )
  let weights: number[] = []
  let total = 0
  for (let pass = 0; pass < 5; pass++) {
    const around = at
    weights = samples.map((sample) => sample.weight / (1 + (off(sample, around) / usualError) ** 2))
    total = weights.reduce((sum, weight) => sum + weight, 0)
    at = [0, 1, 2].map((c) => samples.reduce((sum, sample, k) => sum + weights[k] * sample.at[c], 0) / total)
  }
  const variance = samples.reduce((sum, sample, k) => sum + weights[k] * off(sample, at) ** 2, 0) / total
  return { at, total, spread: Math.sqrt(variance) }
}

/**
 * The canonical face as a similarity lays it on the means, moved so that w |d - d0|^2 + smoothness |L d|^2 is least: d0 the
 * means' displacements, L the uniform Laplacian of the mesh.
 */
function smoothed(
  means: Mean[],
  { pos, tri, basis }: Pick<CanonicalFace, 'pos' | 'tri' | 'basis'>,
): number[][] {
  const known = basis.filter(([i]) => means[i].total > 0)
  const { rotation, scale, translation } = similarity(
    known.flatMap(([i]) => [...pos.subarray(3 * i, 3 * i + 3)]),
    known.flatMap(([i]) => means[i].at),
    known.map(([, weight]) => weight),
  )
  const laid = means.map((_, i) =>
    [0, 1, 2].map(
      (row) =>
        translation[row] +
        scale * [0, 1, 2].reduce((sum, c) => sum + rotation[3 * row + c] * pos[3 * i + c], 0),
    ),
  )
  const weights = means.map(
    ({ total, spread }) => (0.05 * Math.min(total / enough, 1)) / (0.05 + spread ** 2),
  )
  const neighbours: Set<number>[] = Array.from({ length: meshLandmarks }, () => new Set())
  for (let t = 0; t < tri.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const [a, b] = [tri[t + k], tri[t + ((k + 1) % 3)]]
      neighbours[a].add(b)
      neighbours[b].add(a)
    }
  // W + smoothness L'L, a little more on the diagonal for what nothing is known of.
  const rows = weights.map((weight, i) => new Map([[i, weight + 1e-6]]))
  neighbours.forEach((around, i) => {
    const entries: [number, number][] = [
      [i, 1],
      ...[...around].map((j): [number, number] => [j, -1 / around.size]),
    ]
    for (const [a, va] of entries)
      for (const [b, vb] of entries) rows[a].set(b, (rows[a].get(b) ?? 0) + smoothness * va * vb)
  })
  const matrix = sparseMatrix(rows)
  const moved = [0, 1, 2].map((c) =>
    conjugateGradient(
      matrix,
      means.map(({ at }, i) => weights[i] * (at[c] - laid[i][c])),
    ),
  )
  return laid.map((place, i) => place.map((value, c) => value + moved[c][i]))
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
