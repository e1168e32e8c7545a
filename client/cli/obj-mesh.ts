import { CommandError } from './command-error.ts'
import { maxVertices, type ParsedMesh, tooManyVertices } from './parsed-mesh.ts'

/** Characters; a face has a few corners. */
const longestLine = 100_000
const blockBytes = 2 ** 20

/**
 * The geometry of a Wavefront OBJ file. Corners with the same position, UV and normal become one vertex; polygons
 * become fans. Names, groups, materials, lines, points and curves are ignored.
 *
 * @throws CommandError naming the line that can't be read, or where faces have no UVs, or there are too many of anything.
 */
export function parseObj(bytes: Uint8Array, name: string): ParsedMesh {
  const source = { v: [] as number[][], vt: [] as number[][], vn: [] as number[][] }
  const vertexOf = new Map<string, number>()
  const corners: [number, number, number][] = []
  const triangles: number[] = []

  for (const { line, number } of linesOf(bytes)) {
    const broken = () =>
      new CommandError(`${name}, line ${number}: "${line.trim().slice(0, 60)}" can't be read.`)
    if (line.length > longestLine) throw broken()
    if (line === '') continue
    const [keyword, ...words] = line.trim().split(/\s+/)
    if (keyword === 'v' || keyword === 'vn' || keyword === 'vt') {
      const count = keyword === 'vt' ? 2 : 3
      const values = words.slice(0, count).map(Number)
      if (values.length < count || !values.every(Number.isFinite)) throw broken()
      // Vertices of other meshes in the file may be among them.
      if (source[keyword].push(values) > 5 * maxVertices) throw tooManyVertices(name, source[keyword].length)
    } else if (keyword === 'f') {
      if (words.length < 3) throw broken()
      const polygon = words.map((word) => {
        const [v, vt, vn] = word.split('/')
        if (vt === undefined || vt === '') {
          throw new CommandError(
            `${name} has faces without UVs (line ${number}): export the mesh with texture coordinates.`,
          )
        }
        const corner: [number, number, number] = [
          index(v, source.v.length),
          index(vt, source.vt.length),
          vn ? index(vn, source.vn.length) : -1,
        ]
        if (corner.some(Number.isNaN)) throw broken()
        const key = corner.join()
        const known = vertexOf.get(key) ?? corners.push(corner) - 1
        vertexOf.set(key, known)
        return known
      })
      for (let i = 2; i < polygon.length; i++) triangles.push(polygon[0], polygon[i - 1], polygon[i])
      if (corners.length > 5 * maxVertices) throw tooManyVertices(name, corners.length)
      // A closed surface has about twice as many triangles as vertices.
      if (triangles.length > 12 * maxVertices)
        throw new CommandError(`${name} has more than ${4 * maxVertices} triangles: decimate the mesh.`)
    }
  }

  const hasNormals = corners.every(([, , vn]) => vn >= 0)
  return {
    positions: Float32Array.from(corners.flatMap(([v]) => source.v[v])),
    uv: Float32Array.from(corners.flatMap(([, vt]) => [source.vt[vt][0], 1 - source.vt[vt][1]])),
    normals: hasNormals ? Float32Array.from(corners.flatMap(([, , vn]) => source.vn[vn])) : null,
    triangles: Uint32Array.from(triangles),
  }
}

/** Some at a time: a list of them all could take many times what the file does. A backslash at its end goes on with the next. */
function* linesOf(bytes: Uint8Array): Generator<{ line: string; number: number }> {
  const decoder = new TextDecoder()
  let begun = ''
  let number = 0
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const stream = at + blockBytes < bytes.length
    const text = begun + decoder.decode(bytes.subarray(at, at + blockBytes), { stream })
    const lines = text.replaceAll(/\\\r?\n/g, ' ').split('\n')
    // What goes on in the next block, unless it is too long already.
    begun = stream && lines[lines.length - 1].length <= longestLine ? lines.pop()! : ''
    for (const line of lines) yield { line, number: ++number }
  }
}

/** OBJ counts from 1, or from -1 backwards. NaN where there is no such element. */
function index(word: string, count: number): number {
  const value = Number(word)
  const zeroBased = value < 0 ? count + value : value - 1
  return Number.isInteger(value) && zeroBased >= 0 && zeroBased < count ? zeroBased : Number.NaN
}
