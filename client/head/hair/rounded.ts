import { vertexNormals } from '../../capture/mesh/normals.ts'
import { placesOf } from '../head-mesh.ts'
import type { HairStyle } from './hair-style.ts'

/** How far the middle of an edge follows the surfaces at its ends, 0 (flat) to 1: by this, on a ball it lies on the ball. */
const roundness = 0.5
/** Shorter edges are left as they are: centimetres. */
const shortest = 0.8

/**
 * Each triangle in four, new vertices off the edges' middles as the normals have it (Phong tessellation: Boubekeur and Alexa
 * 2008), so that an outline has no corners.
 */
export function rounded({ positions, uv, openness, triangles }: HairStyle): HairStyle {
  const place = placesOf(positions)
  const normals = vertexNormals(
    positions,
    triangles.map((v) => place[v]),
  )
  const inner = innerEdges(triangles, place)
  const [p, t, o] = [[...positions], [...uv], [...openness]]
  const halves = new Map<number, number>()
  const count = openness.length
  const half = (a: number, b: number) => {
    const key = Math.min(a, b) * count + Math.max(a, b)
    const known = halves.get(key)
    if (known !== undefined) return known
    const v = o.length
    const [na, nb] = [3 * place[a], 3 * place[b]]
    const edge = [0, 1, 2].map((c) => positions[3 * b + c] - positions[3 * a + c])
    const along = (n: number) => edge.reduce((sum, value, c) => sum + value * normals[n + c], 0)
    // Sheets meet in their borders, which stay where they are.
    const round = Math.hypot(...edge) >= shortest && inner.has(edgeKey(place[a], place[b]))
    for (let c = 0; c < 3; c++) {
      // The mean of the middle's projections on the tangent planes of both ends, less the middle.
      const off = (along(nb) * normals[nb + c] - along(na) * normals[na + c]) / 4
      p.push((positions[3 * a + c] + positions[3 * b + c]) / 2 + (round ? roundness * off : 0))
    }
    for (let c = 0; c < 2; c++) t.push((uv[2 * a + c] + uv[2 * b + c]) / 2)
    o.push((openness[a] + openness[b]) / 2)
    halves.set(key, v)
    return v
  }
  const result: number[] = []
  for (let k = 0; k < triangles.length; k += 3) {
    const [a, b, c] = triangles.subarray(k, k + 3)
    const [ab, bc, ca] = [half(a, b), half(b, c), half(c, a)]
    result.push(a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca)
  }
  return {
    positions: Float32Array.from(p),
    uv: Float32Array.from(t),
    openness: Float32Array.from(o),
    triangles: Uint32Array.from(result),
  }
}

/** Edges that two triangles share. @param place V: the first vertex at each one's place */
function innerEdges(triangles: Uint32Array, place: Uint32Array): Set<number> {
  const [once, twice] = [new Set<number>(), new Set<number>()]
  for (let k = 0; k < triangles.length; k++) {
    const next = k % 3 === 2 ? k - 2 : k + 1
    const key = edgeKey(place[triangles[k]], place[triangles[next]])
    if (once.has(key)) twice.add(key)
    once.add(key)
  }
  return twice
}

/** The same for both directions. */
const edgeKey = (a: number, b: number) => Math.min(a, b) * 65_536 + Math.max(a, b)
