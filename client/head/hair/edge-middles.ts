/** Hair to which vertices in the middles of edges are added, one for each edge. */

import type { HairStyle } from './hair-style.ts'

export interface EdgeMiddles {
  /** The vertex in the middle of the edge between two: made when it is first asked for. */
  between(a: number, b: number): number
  /** The hair with all of these vertices. @param triangles T x 3 of old and new ones */
  hairOf(triangles: readonly number[]): HairStyle
}

/** @param off how far the middle of an edge lies off it, centimetres; default: not at all */
export function edgeMiddles(
  { positions, uv, openness }: HairStyle,
  off: (a: number, b: number) => readonly number[] = () => [0, 0, 0],
): EdgeMiddles {
  const [p, t, o] = [[...positions], [...uv], [...openness]]
  const known = new Map<number, number>()
  return {
    between(a, b) {
      const key = edgeKey(a, b, openness.length)
      const there = known.get(key)
      if (there !== undefined) return there
      const v = o.length
      const aside = off(a, b)
      for (let c = 0; c < 3; c++) p.push((positions[3 * a + c] + positions[3 * b + c]) / 2 + aside[c])
      for (let c = 0; c < 2; c++) t.push((uv[2 * a + c] + uv[2 * b + c]) / 2)
      o.push((openness[a] + openness[b]) / 2)
      known.set(key, v)
      return v
    },
    hairOf: (triangles) => ({
      positions: Float32Array.from(p),
      uv: Float32Array.from(t),
      openness: Float32Array.from(o),
      triangles: Uint32Array.from(triangles),
    }),
  }
}

/** One number for both directions of an edge. @param count of vertices */
export const edgeKey = (a: number, b: number, count: number) => Math.min(a, b) * count + Math.max(a, b)
