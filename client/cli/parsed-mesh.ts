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
