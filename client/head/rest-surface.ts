import { nestedDissection } from '../image/cholesky.ts'
import type { HeadMesh } from './head-mesh.ts'
import { type Laplacian, laplacian } from './laplacian.ts'

/** The rest of a head as one surface: it knows no seams of the layout. */
export interface RestSurface extends Laplacian {
  /** Which of the head's vertices it has, the first one at each place: in an order of elimination. */
  vertices: number[]
}

export function restSurface({ positions, triangles, faceTriangles, place }: HeadMesh): RestSurface {
  const welded = triangles.subarray(3 * faceTriangles).map((v) => place[v])
  const all = laplacian(positions, welded)
  const used = new Set(welded)
  return { ...all, vertices: nestedDissection(all.matrix).filter((v) => used.has(v)) }
}
