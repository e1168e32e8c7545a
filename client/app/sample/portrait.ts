import { readFile } from 'node:fs/promises'
import { type Mesh, NodeIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import sharp from 'sharp'
import { project } from '../../capture/mesh/camera.ts'
import { turnRotation } from '../../capture/mesh/render.ts'
import type { Camera } from '../../face/types.ts'
import { toBytes } from '../../result/png.ts'
import { drawParts, type Part } from './draw-parts.ts'

/** The page's viewer draws a head with the same lens and frames it in the same way (`FaceRenderer`). */
const fieldOfView = 22
/** As far down from the top of a head as a portrait reaches: centimetres. */
const reach = 37
const margin = 1.15

/** Pictures are drawn this much larger and made smaller, which smooths the edges of strands. */
const oversampling = 4

/** @param path of a head.glb with PNG textures */
export async function readHead(path: string): Promise<Part[]> {
  const document = await new NodeIO().registerExtensions([KHRMaterialsUnlit]).readBinary(await readFile(path))
  return Promise.all(document.getRoot().listMeshes().map(partOf))
}

async function partOf(mesh: Mesh): Promise<Part> {
  const [primitive] = mesh.listPrimitives()
  const numbers = (attribute: string) =>
    primitive.getAttribute(attribute)?.getArray() as Float32Array | undefined
  const image = sharp(primitive.getMaterial()!.getBaseColorTexture()!.getImage()!).ensureAlpha().raw()
  const { data, info } = await image.toBuffer({ resolveWithObject: true })
  return {
    positions: numbers('POSITION')!.map((metres) => metres * 100),
    uv: numbers('TEXCOORD_0')!,
    triangles: Uint32Array.from(primitive.getIndices()!.getArray()!),
    texture: { width: info.width, height: info.height, data: Float32Array.from(data, (byte) => byte / 255) },
    colours: numbers('COLOR_0') ?? null,
  }
}

/**
 * A head and its upper bust, which the picture's lower edge cuts, on nothing.
 *
 * @param yaw degrees, > 0: to the image's right
 * @returns PNG, side x side
 */
export async function drawPortrait(parts: readonly Part[], yaw: number, side: number): Promise<Buffer> {
  const wide = side * oversampling
  const camera = portraitCamera(parts, yaw, wide)
  const { rgb, mask } = drawParts(parts, (positions) => project(positions, camera), wide, wide)
  const bytes = toBytes(rgb)
  const rgba = new Uint8Array(4 * wide * wide)
  for (let i = 0; i < mask.length; i++) {
    rgba.set(bytes.subarray(3 * i, 3 * i + 3), 4 * i)
    rgba[4 * i + 3] = 255 * mask[i]
  }
  return sharp(rgba, { raw: { width: wide, height: wide, channels: 4 } })
    .resize(side)
    .png()
    .toBuffer()
}

function portraitCamera([head, ...others]: readonly Part[], yaw: number, side: number): Camera {
  const top = Math.max(...[head, ...others].map(({ positions }) => extent(positions, 1)[1]))
  const shown = head.positions.filter((_, i) => head.positions[i - (i % 3) + 1] >= top - reach)
  const [x, z] = [0, 2].map((axis) => extent(shown, axis).reduce((low, high) => (low + high) / 2))
  const y = top - reach / 2
  const half = side / 2
  const focal = half / Math.tan((fieldOfView * Math.PI) / 360)
  const distance = (((reach / 2) * margin) / half) * focal
  const turn = turnRotation({ yaw })
  const [right, up, near] = [0, 3, 6].map((k) => {
    const [a, b, c] = turn.subarray(k, k + 3)
    return [a, b, c, -(a * x + b * y + c * z)]
  })
  const w = near.map((value, k) => (k === 3 ? distance : 0) - value)
  const px = right.map((value, k) => focal * value + half * w[k])
  const py = up.map((value, k) => -focal * value + half * w[k])
  // Depth is -1 / w: smaller is nearer.
  return { matrix: Float64Array.from([...px, ...py, 0, 0, 0, -1, ...w]) }
}

/** Of the coordinates along an axis. */
function extent(positions: Float32Array, axis: number): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = axis; i < positions.length; i += 3) {
    low = Math.min(low, positions[i])
    high = Math.max(high, positions[i])
  }
  return [low, high]
}
