import { CommandError } from './command-error.ts'
import type { ParsedMesh } from './parsed-mesh.ts'

/**
 * The geometry of a Wavefront OBJ file. Corners with the same position, UV and normal become one vertex; polygons
 * become fans. Names, groups, materials, lines, points and curves are ignored.
 *
 * @throws CommandError naming the line that can't be read, or where faces have no UVs.
 */
export function parseObj(bytes: Uint8Array, name: string): ParsedMesh {
  const text = new TextDecoder().decode(bytes).replaceAll('\\\r\n', ' ').replaceAll('\\\n', ' ')
  const source = { v: [] as number[][], vt: [] as number[][], vn: [] as number[][] }
  const vertexOf = new Map<string, number>()
  const corners: [number, number, number][] = []
  const triangles: number[] = []

  text.split('\n').forEach((line, lineIndex) => {
    const [keyword, ...words] = line.trim().split(/\s+/)
    const broken = () =>
      new CommandError(`${name}, line ${lineIndex + 1}: "${line.trim().slice(0, 60)}" can't be read.`)
    if (keyword === 'v' || keyword === 'vn' || keyword === 'vt') {
      const count = keyword === 'vt' ? 2 : 3
      const values = words.slice(0, count).map(Number)
      if (values.length < count || !values.every(Number.isFinite)) throw broken()
      source[keyword].push(values)
    } else if (keyword === 'f') {
      if (words.length < 3) throw broken()
      const polygon = words.map((word) => {
        const [v, vt, vn] = word.split('/')
        if (vt === undefined || vt === '') {
          throw new CommandError(
            `${name} has faces without UVs (line ${lineIndex + 1}): export the mesh with texture coordinates.`,
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
    }
  })

  const hasNormals = corners.every(([, , vn]) => vn >= 0)
  return {
    positions: Float32Array.from(corners.flatMap(([v]) => source.v[v])),
    uv: Float32Array.from(corners.flatMap(([, vt]) => [source.vt[vt][0], 1 - source.vt[vt][1]])),
    normals: hasNormals ? Float32Array.from(corners.flatMap(([, , vn]) => source.vn[vn])) : null,
    triangles: Uint32Array.from(triangles),
  }
}

/** OBJ counts from 1, or from -1 backwards. NaN where there is no such element. */
function index(word: string, count: number): number {
  const value = Number(word)
  const zeroBased = value < 0 ? count + value : value - 1
  return Number.isInteger(value) && zeroBased >= 0 && zeroBased < count ? zeroBased : Number.NaN
}
