import { Logger, type Material, type mat4, NodeIO, Primitive, type vec3 } from '@gltf-transform/core'
import { KHRMaterialsUnlit, KHRMeshQuantization } from '@gltf-transform/extensions'
import { assertGlbBounds } from '../result/glb-bounds.ts'
import { CommandError } from './command-error.ts'
import { maxVertices, type ParsedMesh, tooManyVertices } from './parsed-mesh.ts'

/** A primitive where its node puts it. */
interface Placed {
  primitive: Primitive
  /** Column-major, local to world. */
  matrix: mat4
}

/**
 * The geometry of a binary glTF file in world space. Of several materials the one with the most triangles counts
 * (the skin: eyes, teeth and hair have textures of their own, and a run refines one).
 *
 * @throws CommandError where the file is broken, compressed, too large, or has no textured triangles.
 */
export async function parseGlb(bytes: Uint8Array, name: string): Promise<ParsedMesh> {
  const placed = await readPrimitives(bytes, name)
  const byMaterial = Map.groupBy(placed, ({ primitive }) => primitive.getMaterial())
  const size = (material: Material | null) =>
    byMaterial.get(material)!.reduce((sum, { primitive }) => sum + indicesOf(primitive).length, 0)
  const [material] = [...byMaterial.keys()].sort((a, b) => size(b) - size(a))
  const chosen = byMaterial.get(material) ?? []
  const vertices = chosen.reduce(
    (sum, { primitive }) => sum + primitive.getAttribute('POSITION')!.getCount(),
    0,
  )
  if (vertices > maxVertices) throw tooManyVertices(name, vertices)

  const [positions, uv, normals, triangles]: number[][] = [[], [], [], []]
  for (const { primitive, matrix } of chosen) {
    const texcoord = primitive.getAttribute(
      `TEXCOORD_${material?.getBaseColorTextureInfo()?.getTexCoord() ?? 0}`,
    )
    if (!texcoord) throw new CommandError(`${name} has no UVs: export the mesh with texture coordinates.`)
    const position = primitive.getAttribute('POSITION')!
    const normal = primitive.getAttribute('NORMAL')
    const start = positions.length / 3
    for (let i = 0; i < position.getCount(); i++) {
      positions.push(...transformed(matrix, position.getElement(i, []), 1))
      uv.push(...texcoord.getElement(i, []).slice(0, 2))
      if (normal) normals.push(...unit(transformed(cofactors(matrix), normal.getElement(i, []), 0)))
    }
    // A mirroring node turns triangles inside out.
    const mirrored = determinant(matrix) < 0
    const indices = indicesOf(primitive)
    for (let t = 0; t + 2 < indices.length; t += 3) {
      const [a, b, c] = [indices[t], indices[t + 1], indices[t + 2]]
      triangles.push(start + a, start + (mirrored ? c : b), start + (mirrored ? b : c))
    }
  }
  return {
    positions: Float32Array.from(positions),
    uv: Float32Array.from(uv),
    normals: normals.length === positions.length ? Float32Array.from(normals) : null,
    triangles: Uint32Array.from(triangles),
  }
}

/** Other materials than the chosen one may have so many times as many vertices together. */
const othersToo = 10

async function readPrimitives(bytes: Uint8Array, name: string): Promise<Placed[]> {
  const io = new NodeIO()
    .setLogger(new Logger(Logger.Verbosity.SILENT))
    .registerExtensions([KHRMaterialsUnlit, KHRMeshQuantization])
  const unreadable = (error: Error) =>
    new CommandError(
      `${name} can't be read as GLB (${error.message.replace(/\.$/, '')}): export it as uncompressed binary glTF 2.0.`,
    )
  try {
    assertGlbBounds(bytes, othersToo * maxVertices)
  } catch (error) {
    throw unreadable(error as Error)
  }
  const document = await io.readBinary(bytes).catch((error: Error) => {
    throw unreadable(error)
  })
  const root = document.getRoot()
  const scene = root.getDefaultScene() ?? root.listScenes()[0]
  const placed: Placed[] = []
  scene?.traverse((node) => {
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      if (primitive.getMode() === Primitive.Mode.TRIANGLES && primitive.getAttribute('POSITION'))
        placed.push({ primitive, matrix: node.getWorldMatrix() })
    }
  })
  return placed
}

function indicesOf(primitive: Primitive): ArrayLike<number> {
  const indices = primitive.getIndices()?.getArray()
  return indices ?? Uint32Array.from({ length: primitive.getAttribute('POSITION')!.getCount() }, (_, i) => i)
}

function transformed(m: ArrayLike<number>, [x, y, z]: number[], w: number): vec3 {
  return [0, 1, 2].map((row) => m[row] * x + m[4 + row] * y + m[8 + row] * z + m[12 + row] * w) as vec3
}

/** Column-major cofactors of the upper 3 x 3: they carry normals, also under uneven scale and mirroring, up to length. */
function cofactors(m: mat4): number[] {
  const at = (row: number, column: number) => m[4 * (column % 3) + (row % 3)]
  const out = new Array<number>(16).fill(0)
  const sign = Math.sign(determinant(m))
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++)
      out[4 * column + row] =
        sign *
        (at(row + 1, column + 1) * at(row + 2, column + 2) -
          at(row + 1, column + 2) * at(row + 2, column + 1))
  return out
}

function determinant(m: mat4): number {
  return (
    m[0] * (m[5] * m[10] - m[6] * m[9]) -
    m[4] * (m[1] * m[10] - m[2] * m[9]) +
    m[8] * (m[1] * m[6] - m[2] * m[5])
  )
}

function unit(vector: vec3): vec3 {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length) as vec3
}
