/**
 * Statistics of samples that may be too few to tell anything.
 *
 * Samples are never an integer array: its `map` cuts fractions off without a word, so the compiler refuses one here.
 */

export type Samples = Float32Array | Float64Array | readonly number[]

/**
 * The value below which a share of the samples lies.
 *
 * @param share 0 (the smallest) to 1 (the largest)
 * @param least with fewer samples the answer is null: the caller says what holds instead. At least 1
 * @example quantile([1, 2, 3, 10], 0.5, 4) // -> 3
 * @example quantile([1, 2, 3, 10], 0.5, 5) // -> null
 */
export function quantile(samples: Samples, share: number, least: number): number | null {
  if (samples.length < Math.max(1, least)) return null
  const place = Math.min(samples.length - 1, Math.floor(share * samples.length))
  return select(Float64Array.from(samples), place)
}

/** The value that sorting would bring to a place (Hoare's quickselect, 1961). @param values are reordered */
function select(values: Float64Array, place: number): number {
  let [from, to] = [0, values.length - 1]
  while (from < to) {
    const pivot = values[(from + to) >> 1]
    let [left, right] = [from, to]
    while (left <= right) {
      while (values[left] < pivot) left++
      while (values[right] > pivot) right--
      if (left > right) break
      const value = values[left]
      values[left++] = values[right]
      values[right--] = value
    }
    if (place <= right) to = right
    else if (place >= left) from = left
    else break
  }
  return values[place]
}

/** The middle of the samples, the upper of two; null as {@link quantile}. */
export function median(samples: Samples, least: number): number | null {
  return quantile(samples, 0.5, least)
}

/** The mean of the samples; null as {@link quantile}. */
export function mean(samples: Samples, least: number): number | null {
  if (samples.length < Math.max(1, least)) return null
  let sum = 0
  for (const value of samples) sum += value
  return sum / samples.length
}
