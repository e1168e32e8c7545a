/** How far means over a few photos can be trusted. */

import { random } from '../../../client/image/random.ts'

export interface Interval {
  /** Mean over the subjects of each subject's mean. */
  mean: number
  /** Bounds of the confidence interval; null for fewer than two subjects, which tell nothing about others. */
  low: number | null
  high: number | null
  subjects: number
}

export interface BootstrapOptions {
  /** Resamplings. Default: 2000 */
  samples?: number
  /** Coverage of the interval. Default: 0.95 */
  level?: number
  /** Default: 1 */
  seed?: number
}

/**
 * Mean and percentile bootstrap interval (Efron and Tibshirani 1993, ch. 13). Subjects are drawn with replacement, each
 * with all its values: pictures of one person are not independent.
 *
 * @param valuesBySubject at least one value a subject
 * @returns null where there is no subject
 */
export function interval(
  valuesBySubject: ReadonlyMap<string, readonly number[]>,
  { samples = 2000, level = 0.95, seed = 1 }: BootstrapOptions = {},
): Interval | null {
  const means = [...valuesBySubject.values()].map(meanOf)
  const subjects = means.length
  if (subjects === 0) return null
  const mean = meanOf(means)
  if (subjects === 1) return { mean, low: null, high: null, subjects }
  const { integer } = random(seed)
  const drawn = Float64Array.from({ length: samples }, () => {
    let sum = 0
    for (let i = 0; i < subjects; i++) sum += means[integer(subjects)]
    return sum / subjects
  }).sort()
  return { mean, low: quantile(drawn, (1 - level) / 2), high: quantile(drawn, (1 + level) / 2), subjects }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Linear between the order statistics. @param sorted ascending */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
