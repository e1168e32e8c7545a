import { CommandError } from './command-error.ts'

/** What a parser takes from a file: the file's own units, possibly without normals. */
export interface ParsedMesh {
  /** V x 3. */
  positions: Float32Array
  /** V x 2, origin top-left. */
  uv: Float32Array
  /** V x 3, or null where the file has none. */
  normals: Float32Array | null
  /** T x 3 vertex indices. */
  triangles: Uint32Array
}

/** A face mesh of a morphable model has 5,000 to 50,000 vertices; the whole texture has 262,144 texels. */
export const maxVertices = 200_000

export function tooManyVertices(name: string, vertices: number): CommandError {
  const [found, taken] = [vertices, maxVertices].map((count) => count.toLocaleString('en'))
  return new CommandError(`${name} has ${found} vertices; at most ${taken} are taken: decimate the mesh.`)
}
