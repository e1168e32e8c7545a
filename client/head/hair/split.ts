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
  const { triangles: all } = hair
  // Of each vertex one more than its new number, in the order in which triangles need them.
  const place = new Uint32Array(values.length)
  const from = new Uint32Array(values.length)
  const triangles = new Uint32Array(all.length)
  let vertices = 0
  let corners = 0
  for (let k = 0; k < all.length; k += 3) {
    if (!(values[all[k]] >= least || values[all[k + 1]] >= least || values[all[k + 2]] >= least)) continue
    for (let corner = k; corner < k + 3; corner++) {
      const v = all[corner]
      if (place[v] === 0) {
        from[vertices++] = v
        place[v] = vertices
      }
      triangles[corners++] = place[v] - 1
    }
  }
  const gather = (list: Float32Array, channels: number) => {
    const gathered = new Float32Array(channels * vertices)
    for (let v = 0, to = 0; v < vertices; v++)
      for (let c = 0; c < channels; c++) gathered[to++] = list[channels * from[v] + c]
    return gathered
  }
  return {
    hair: {
      positions: gather(hair.positions, 3),
      uv: gather(hair.uv, 2),
      openness: gather(hair.openness, 1),
      triangles: triangles.slice(0, corners),
    },
    values: gather(values, 1),
  }
}
