/** Finer triangles where something changes within them. */

import { edgeMiddles } from './edge-middles.ts'
import type { HairStyle } from './hair-style.ts'

/** Centimetres: shorter edges are left as they are. */
const shortest = 0.5
/** Triangles within which the values differ by less are left as they are. */
const alike = 0.1
const mostRounds = 12

/**
 * Splits edges that `value` differs at the ends of, until they are short: triangles beside them have the new vertex in the
 * middle of an edge, where they are flat.
 *
 * @param value V, 0..1, of the vertices of this hair
 * @returns the split hair and the values of its vertices
 */
export function splitWhere(
  hair: HairStyle,
  value: (hair: HairStyle) => Float32Array,
): { hair: HairStyle; values: Float32Array } {
  let current = hair
  let values = value(current)
  for (let round = 0; round < mostRounds; round++) {
    const next = splitOnce(current, values)
    if (!next) break
    current = next
    values = value(current)
  }
  return { hair: current, values }
}

function splitOnce(hair: HairStyle, values: Float32Array): HairStyle | null {
  const { positions, triangles } = hair
  const middles = edgeMiddles(hair)
  /** Between two vertices. */
  const squared = (a: number, b: number) =>
    (positions[3 * a] - positions[3 * b]) ** 2 +
    (positions[3 * a + 1] - positions[3 * b + 1]) ** 2 +
    (positions[3 * a + 2] - positions[3 * b + 2]) ** 2
  const result: number[] = []
  let split = false
  for (let k = 0; k < triangles.length; k += 3) {
    const [one, two, three] = [triangles[k], triangles[k + 1], triangles[k + 2]]
    const least = Math.min(values[one], values[two], values[three])
    const most = Math.max(values[one], values[two], values[three])
    // The longest edge first: thin triangles get no thinner.
    const edges = [squared(one, two), squared(two, three), squared(three, one)]
    const longest = Math.max(...edges)
    if (most - least < alike || longest < shortest ** 2) {
      result.push(one, two, three)
      continue
    }
    split = true
    const [a, b, c] = [
      [one, two, three],
      [two, three, one],
      [three, one, two],
    ][edges.indexOf(longest)]
    const m = middles.between(a, b)
    result.push(a, m, c, m, b, c)
  }
  return split ? middles.hairOf(result) : null
}

/**
 * Without triangles of which nothing is left, and without vertices that no triangle needs.
 *
 * @param values V, 0..1: how much is left at each vertex
 * @param least of less, nothing is seen
 */
export function withoutLost(
  hair: HairStyle,
  values: Float32Array,
  least: number,
): { hair: HairStyle; values: Float32Array } {
  const left: number[] = []
  for (let k = 0; k < hair.triangles.length; k += 3) {
    const corners = hair.triangles.subarray(k, k + 3)
    if (corners.some((v) => values[v] >= least)) left.push(...corners)
  }
  const place = new Map<number, number>()
  for (const v of left) if (!place.has(v)) place.set(v, place.size)
  const from = [...place.keys()]
  const gather = (list: Float32Array, channels: number) =>
    Float32Array.from(
      { length: channels * from.length },
      (_, i) => list[channels * from[Math.floor(i / channels)] + (i % channels)],
    )
  return {
    hair: {
      positions: gather(hair.positions, 3),
      uv: gather(hair.uv, 2),
      openness: gather(hair.openness, 1),
      triangles: Uint32Array.from(left, (v) => place.get(v)!),
    },
    values: gather(values, 1),
  }
}
