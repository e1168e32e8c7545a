import { basename, extname } from 'node:path'
import type { Mesh } from '../face/types.ts'
import { systemReason } from '../runtime/system-reason.ts'
import { CommandError } from './command-error.ts'
import { parseGlb } from './glb-mesh.ts'
import { parseObj } from './obj-mesh.ts'
import { maxVertices, type ParsedMesh, tooManyVertices } from './parsed-mesh.ts'
import { readFileUpTo } from './read-file-up-to.ts'

/** Files are taken to be in metres, as glTF is, so that face.glb has the mesh's own coordinates again. */
export const centimetresPerUnit = 100

/** An OBJ of so many vertices has some 30 MB; a GLB may have large textures that are not looked at. */
const mostBytes = 256 * 1024 * 1024
/** Further than this from the origin, in the file's units, numbers of 32 bits have lost a millimetre. */
const farthest = 10_000

/**
 * Reads the mesh for --mesh.
 *
 * - OBJ: `v`, `vt`, `vn` and `f` of any number of corners; groups and materials are ignored; `vt` has its origin
 *   bottom-left, as is the custom.
 * - GLB: uncompressed binary glTF 2.0; the primitives of the material with the most triangles, in world space.
 *
 * @returns the mesh in centimetres. Normals that the file lacks are the area-weighted means of the triangles'.
 * @throws CommandError where the file is missing, broken, without UVs, with UVs outside 0..1, or too large.
 */
export async function readMesh(path: string): Promise<Mesh> {
  const name = basename(path)
  parserOf(name)
  let bytes: Uint8Array
  try {
    bytes = await readFileUpTo(path, mostBytes, name)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(
      `The mesh ${path} can't be read (${systemReason(error)}): give the path of a .obj or .glb file.`,
    )
  }
  return meshOf(bytes, name)
}

/**
 * The mesh of a file that was read.
 *
 * @param name of the file, whose extension tells what it is
 * @throws CommandError as {@link readMesh}
 */
export async function meshOf(bytes: Uint8Array, name: string): Promise<Mesh> {
  if (bytes.length === 0) throw new CommandError(`${name} is empty (0 bytes): give a .obj or .glb file.`)
  const isGlb = new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'glTF'
  const parse = parserOf(name) ?? (isGlb ? parseGlb : parseObj)
  return toMesh(await parse(bytes, name), name)
}

/** @returns undefined for pipes, which have no extension */
function parserOf(name: string) {
  const extension = extname(name).toLowerCase()
  const parser = { '.obj': parseObj, '.glb': parseGlb }[extension]
  if (parser || !extension) return parser
  throw new CommandError(`${name} is no mesh this program reads: give a .obj or .glb file.`)
}

function toMesh({ positions, uv, normals, triangles }: ParsedMesh, name: string): Mesh {
  const vertices = positions.length / 3
  if (triangles.length === 0) throw new CommandError(`${name} has no triangles: give a mesh with faces.`)
  if (vertices > maxVertices) throw tooManyVertices(name, vertices)
  if (![positions, uv, normals ?? []].every((numbers) => numbers.every(Number.isFinite))) {
    throw new CommandError(`${name} has coordinates that are no finite numbers: export it again.`)
  }
  if (positions.some((value) => Math.abs(value) > farthest)) {
    throw new CommandError(
      `${name} has coordinates beyond ${farthest.toLocaleString('en')}: give a mesh in metres, near its origin.`,
    )
  }
  if (triangles.some((index) => index >= vertices)) {
    throw new CommandError(`${name} has triangles whose corners don't exist: export it again.`)
  }
  const tolerance = 1e-3
  if (uv.some((value) => value < -tolerance || value > 1 + tolerance)) {
    throw new CommandError(`${name} has UVs outside 0..1: give a mesh whose UVs lie in one texture square.`)
  }
  return {
    positions: positions.map((value) => value * centimetresPerUnit),
    normals: normals ?? vertexNormals(positions, triangles),
    uv: uv.map((value) => Math.min(1, Math.max(0, value))),
    triangles,
  }
}

/** Area-weighted means of the triangles' normals, V x 3; vertices at one place share theirs, so that UV seams don't show. */
function vertexNormals(positions: Float32Array, triangles: Uint32Array): Float32Array {
  const firstAt = new Map<string, number>()
  const first = Uint32Array.from({ length: positions.length / 3 }, (_, v) => {
    const place = positions.subarray(3 * v, 3 * v + 3).join()
    if (!firstAt.has(place)) firstAt.set(place, v)
    return firstAt.get(place)!
  })
  const sums = new Float32Array(positions.length)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => 3 * first[triangles[t + k]])
    const edge = (to: number) => [0, 1, 2].map((k) => positions[to + k] - positions[a + k])
    const [e, f] = [edge(b), edge(c)]
    const normal = [e[1] * f[2] - e[2] * f[1], e[2] * f[0] - e[0] * f[2], e[0] * f[1] - e[1] * f[0]]
    for (const corner of [a, b, c]) for (let k = 0; k < 3; k++) sums[corner + k] += normal[k]
  }
  const normals = new Float32Array(positions.length)
  for (let v = 0; v < first.length; v++) {
    const sum = sums.subarray(3 * first[v], 3 * first[v] + 3)
    const length = Math.hypot(...sum)
    for (let k = 0; k < 3; k++) normals[3 * v + k] = length > 0 ? sum[k] / length : k === 2 ? 1 : 0
  }
  return normals
}
