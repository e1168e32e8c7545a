import { random } from '../../../client/refine/random.ts'

/** How many times the subjects are drawn again, and the share of the means that the interval holds. */
const draws = 2000
const confidence = 0.95

/**
 * Mean over subjects with its percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13): subjects are drawn
 * with replacement, each keeping all its values. The same values always give the same interval.
 *
 * @param values one list a subject, none empty.
 */
export function interval(values: readonly (readonly number[])[]): {
  mean: number
  low: number
  high: number
} {
  const subjects = values.map(mean)
  const { integer } = random(1)
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0
    for (let i = 0; i < subjects.length; i++) sum += subjects[integer(subjects.length)]
    return sum / subjects.length
  }).sort()
  const tail = (1 - confidence) / 2
  const at = (share: number) => means[Math.round(share * (draws - 1))]
  return { mean: mean(subjects), low: at(tail), high: at(1 - tail) }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
