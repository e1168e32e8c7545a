import { readFileSync } from 'node:fs'
import { packageFile } from './package.ts'
import { protobufFields, repeatedFloat, repeatedUint32 } from './protobuf.ts'
import type { Recipe } from './recipe.ts'

/** MediaPipe's canonical face: the mesh that the 468 face landmarks are vertices of. */
export interface CanonicalFace {
  /** 468 x [x, y, z], centimetres: x right (viewer's), y up, z towards the viewer. */
  pos: number[][]
  /** 468 x [u, v] in 0..1, origin top-left. */
  uv: number[][]
  /** 898 x 3 vertex indices, flat. */
  tri: number[]
  /** 33 x [landmark, weight]: the landmarks and weights of the Procrustes fit. */
  basis: number[][]
  /** For each vertex its left-right partner; a vertex on the midline is its own. */
  mirror: number[]
}

const from = '@mediapipe/face_mesh'
const asset = 'face_geometry/data/geometry_pipeline_metadata_landmarks.binarypb'

export const canonicalFace: Recipe = {
  id: 'canonical-face',
  from,
  purpose: 'capture',
  licence: 'Apache-2.0',
  source: `npm ${from} face_mesh_solution_packed_assets.data, ${asset} (MediaPipe by Google)`,
  make: async () =>
    new Map([
      [
        'canonical.json',
        new TextEncoder().encode(JSON.stringify(parseGeometryMetadata(await packedAsset()))),
      ],
    ]),
}

/** The geometry file out of the package's asset archive; the archive's loader script lists where each file lies. */
async function packedAsset(): Promise<Uint8Array> {
  const loader = readFileSync(await packageFile(from, 'face_mesh_solution_packed_assets_loader.js'), 'utf8')
  const entry = /\{"filename": "([^"]*)", "start": (\d+), "end": (\d+)\}/g
  for (const [, name, start, end] of loader.matchAll(entry)) {
    if (!name.endsWith(asset)) continue
    const packed = await packageFile(from, 'face_mesh_solution_packed_assets.data')
    return readFileSync(packed).subarray(+start, +end)
  }
  throw new Error(`${from}: the asset index names no ${asset}.`)
}

/**
 * Reads a `mediapipe.face_geometry.GeometryPipelineMetadata` message: field 1 is the canonical Mesh3d (3: vertex
 * buffer of x, y, z, u, v; 4: index buffer), field 2 the repeated Procrustes basis (1: landmark, 2: weight).
 */
export function parseGeometryMetadata(message: Uint8Array): CanonicalFace {
  let mesh = new Uint8Array(0)
  const basis: number[][] = []
  for (const field of protobufFields(message)) {
    if (field.number === 1) mesh = Uint8Array.from(field.bytes)
    if (field.number === 2) basis.push([...protobufFields(field.bytes)].map((part) => part.value))
  }
  const vertices = repeatedFloat(mesh, 3)
  const pos: number[][] = []
  const uv: number[][] = []
  for (let i = 0; i < vertices.length; i += 5) {
    pos.push(vertices.slice(i, i + 3))
    uv.push(vertices.slice(i + 3, i + 5))
  }
  return { pos, uv, tri: repeatedUint32(mesh, 4), basis, mirror: pos.map((vertex) => partner(vertex, pos)) }
}

/** Index of the vertex nearest to the mirror image of `vertex` in the plane x = 0. */
function partner([x, y, z]: number[], pos: number[][]): number {
  const distances = pos.map((other) => (other[0] + x) ** 2 + (other[1] - y) ** 2 + (other[2] - z) ** 2)
  return distances.indexOf(Math.min(...distances))
}
