/** The cotangent Laplacian of a triangle mesh (Pinkall and Polthier, 1993). */

import { type SparseMatrix, summedMatrix } from '../image/sparse.ts'

export interface Laplacian {
  /** V x V: minus the half cotangents of each edge, and their sum on the diagonal. */
  matrix: SparseMatrix
  /** V: a third of the area around each vertex, the mesh's unit squared. */
  mass: Float64Array
}

/** A needle's cotangent would outweigh all others. */
const steepest = 20

/**
 * @param positions V x 3
 * @param triangles T x 3
 */
export function laplacian(positions: ArrayLike<number>, triangles: ArrayLike<number>): Laplacian {
  const mass = new Float64Array(positions.length / 3)
  const entries = new Float64Array(4 * triangles.length)
  const [rows, columns] = [new Uint32Array(entries.length), new Uint32Array(entries.length)]
  let count = 0
  const add = (row: number, column: number, value: number) => {
    rows[count] = row
    columns[count] = column
    entries[count++] = value
  }
  for (let corner = 0; corner < triangles.length; corner++) {
    const t = corner - (corner % 3)
    const apex = triangles[corner]
    const a = triangles[t + ((corner + 1) % 3)]
    const b = triangles[t + ((corner + 2) % 3)]
    const ux = positions[3 * a] - positions[3 * apex]
    const uy = positions[3 * a + 1] - positions[3 * apex + 1]
    const uz = positions[3 * a + 2] - positions[3 * apex + 2]
    const vx = positions[3 * b] - positions[3 * apex]
    const vy = positions[3 * b + 1] - positions[3 * apex + 1]
    const vz = positions[3 * b + 2] - positions[3 * apex + 2]
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    const twiceArea = Math.sqrt(nx * nx + ny * ny + nz * nz)
    const cotangent = (ux * vx + uy * vy + uz * vz) / Math.max(twiceArea, 1e-12)
    const weight = Math.max(-steepest, Math.min(steepest, cotangent)) / 2
    mass[apex] += twiceArea / 6
    add(a, b, -weight)
    add(b, a, -weight)
    add(a, a, weight)
    add(b, b, weight)
  }
  return { matrix: summedMatrix(mass.length, rows, columns, entries), mass }
}
