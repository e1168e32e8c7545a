import type { Mesh } from '../face/types.ts'
import { decimals, fromBottom, rowsOfText } from './mesh-text.ts'
import { checkLengths, inMetres, unitNormals } from './textured-meshes.ts'
import { zip } from './zip.ts'

export interface ObjMesh {
  /** Name of object, material and texture: no spaces. */
  name: string
  mesh: Mesh
  png: Uint8Array
  /** The texture's alpha as a PNG by itself, of hair. Left out: all is opaque. */
  opacityPng?: Uint8Array
}

/**
 * Textured meshes as Wavefront OBJ, for programs that read neither glTF nor USD: a zip of NAME.obj, NAME.mtl and the textures.
 * Metres (the format itself has no unit), +Y up, looking along +Z.
 *
 * The opacity is both the texture's alpha and a map of its own: programs look for it in one place or the other.
 *
 * @throws RangeError where a mesh's arrays do not agree in length.
 */
export function objZip(name: string, parts: readonly ObjMesh[]): Promise<Uint8Array<ArrayBuffer>> {
  for (const part of parts) checkLengths(part)
  return zip([
    [`${name}.obj`, obj(name, parts)],
    [`${name}.mtl`, parts.map(material).join('\n')],
    ...parts.flatMap(({ name, png, opacityPng }) => [
      [`${name}.png`, png] as const,
      ...(opacityPng ? [[`${name}-opacity.png`, opacityPng] as const] : []),
    ]),
  ])
}

function obj(name: string, parts: readonly ObjMesh[]): string {
  const lines = ['# FaceRefiner. Metres, +Y up, +Z forward.', `mtllib ${name}.mtl`]
  // Vertices count from 1, on through all objects.
  let first = 1
  for (const { name, mesh } of parts) {
    const { positions, normals, uv, triangles } = mesh
    lines.push(`o ${name}`)
    lines.push(...prefixed('v', rowsOfText(inMetres(positions), 3, decimals.metres, ' ')))
    lines.push(...prefixed('vt', rowsOfText(fromBottom(uv), 2, decimals.uv, ' ')))
    lines.push(...prefixed('vn', rowsOfText(unitNormals(normals), 3, decimals.normal, ' ')))
    lines.push(`usemtl ${name}`)
    for (let t = 0; t < triangles.length; t += 3) {
      const corners = [...triangles.subarray(t, t + 3)].map((vertex) => first + vertex)
      lines.push(`f ${corners.map((vertex) => `${vertex}/${vertex}/${vertex}`).join(' ')}`)
    }
    first += positions.length / 3
  }
  return `${lines.join('\n')}\n`
}

const prefixed = (keyword: string, rows: readonly string[]) => rows.map((row) => `${keyword} ${row}`)

/** Diffuse without a highlight. */
const material = ({ name, opacityPng }: ObjMesh) => `newmtl ${name}
illum 1
Ka 0 0 0
Kd 1 1 1
Ks 0 0 0
map_Kd ${name}.png
${opacityPng ? `map_d ${name}-opacity.png\n` : ''}`
