import { vertexNormals } from '../../capture/mesh/normals.ts'
import { placesOf } from '../head-mesh.ts'
import { edgeKey, edgeMiddles } from './edge-middles.ts'
import type { HairStyle } from './hair-style.ts'

/** How far the middle of an edge follows the surfaces at its ends, 0 (flat) to 1: by this, on a ball it lies on the ball. */
const roundness = 0.5
/** Shorter edges are left as they are: centimetres. */
const shortest = 0.8

/**
 * Long edges in two, so that triangles with three of them become four: the new vertices lie off the edges' middles as the
 * normals have it (Phong tessellation: Boubekeur and Alexa 2008), and an outline has no corners.
 */
export function rounded(hair: HairStyle): HairStyle {
  const { positions, triangles } = hair
  const place = placesOf(positions)
  const normals = vertexNormals(
    positions,
    triangles.map((v) => place[v]),
  )
  const inner = innerEdges(triangles, place)
  const edgeOf = (a: number, b: number) => [0, 1, 2].map((c) => positions[3 * b + c] - positions[3 * a + c])
  const isLong = (a: number, b: number) => Math.hypot(...edgeOf(a, b)) >= shortest
  const middles = edgeMiddles(hair, (a, b) => {
    // Sheets meet in their borders, which stay where they are.
    if (!inner.has(edgeKey(place[a], place[b], place.length))) return [0, 0, 0]
    const edge = edgeOf(a, b)
    const [na, nb] = [3 * place[a], 3 * place[b]]
    const along = (n: number) => edge.reduce((sum, value, c) => sum + value * normals[n + c], 0)
    // The mean of the middle's projections on the tangent planes of both ends, less the middle.
    return [0, 1, 2].map((c) => (roundness * (along(nb) * normals[nb + c] - along(na) * normals[na + c])) / 4)
  })
  const result: number[] = []
  for (let k = 0; k < triangles.length; k += 3) {
    const corners = [...triangles.subarray(k, k + 3)]
    // Round the triangle, with the middles of its long edges.
    const outline = corners.flatMap((a, i) => {
      const b = corners[(i + 1) % 3]
      return isLong(a, b) ? [a, middles.between(a, b)] : [a]
    })
    result.push(...fan(outline, corners))
  }
  return middles.hairOf(result)
}

/** Triangles of an outline round one: its corners, and the middles of some of its edges. */
function fan(outline: readonly number[], corners: readonly number[]): number[] {
  if (outline.length === 6) {
    const [a, ab, b, bc, c, ca] = outline
    return [a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca]
  }
  if (outline.length === 3) return [...outline]
  // From a middle, which sees all that is not on its own edge.
  const first = outline.findIndex((v) => !corners.includes(v))
  const [apex, ...others] = [...outline.slice(first), ...outline.slice(0, first)]
  return others.slice(1).flatMap((v, i) => [apex, others[i], v])
}

/** Edges that two triangles share. @param place V: the first vertex at each one's place */
function innerEdges(triangles: Uint32Array, place: Uint32Array): Set<number> {
  const [once, twice] = [new Set<number>(), new Set<number>()]
  for (let k = 0; k < triangles.length; k++) {
    const next = k % 3 === 2 ? k - 2 : k + 1
    const key = edgeKey(place[triangles[k]], place[triangles[next]], place.length)
    if (once.has(key)) twice.add(key)
    once.add(key)
  }
  return twice
}
