import { readFile } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { Logger, NodeIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit, KHRMeshQuantization } from '@gltf-transform/extensions'
import sharp from 'sharp'
import { CommandError } from '../../../client/cli/command-error.ts'
import { readMesh } from '../../../client/cli/mesh-file.ts'
import type { Mesh } from '../../../client/face/types.ts'
import type { Sample } from '../types.ts'
import { samplesOfFiles } from './folder.ts'
import { contents, filesOf, imageFiles, isFolder, needFolder, stem } from './image-files.ts'
import { uvOverlap } from './uv-overlap.ts'

/** Breadth of an adult's head, centimetres (ANSUR II: 15.4 for men, 14.9 for women). */
const headBreadth = 15.3
/** More than this share of texels under two triangles, and a texel has no one truth. */
const maxOverlap = 0.05

export interface Scan {
  /** Centimetres, about the middle of its bounding box; y up, z towards the viewer. */
  mesh: Mesh
  /** N x N x 3, sRGB-encoded, 0..1, in the mesh's UV layout (origin top-left). */
  texture: Float32Array
  size: number
  /** Share of the covered texels that lie under more than one triangle. */
  overlap: number
}

/**
 * The scans of a folder and the folders in it, in natural order, each named after its GLB.
 *
 * @param path the folder, or one GLB
 * @throws CommandError where there is no GLB
 */
export async function scansIn(path: string): Promise<Sample[]> {
  if (isGlb(path) && !(await isFolder(path))) return samplesOfFiles(dirname(path), [path])
  await needFolder(path)
  const glbs = await filesOf(path, ['.glb'])
  if (glbs.length === 0) {
    throw new CommandError(
      `${path} holds no .glb (it holds ${await contents(path)}): give a folder with a textured scan as GLB.`,
    )
  }
  return samplesOfFiles(path, glbs)
}

const isGlb = (path: string) => extname(path).toLowerCase() === '.glb'

/**
 * A textured scan of a head: a GLB, and its texture inside it or as an image beside it. The image beside is the one
 * whose name begins with the GLB's, colour rather than normals or gloss; its v is taken to point up, as viewers load
 * loose images; a texture inside follows glTF, v down. The head must look along +z with +y up, as glTF demands; its
 * size is set by the greatest breadth of the upper quarter, above the ears.
 *
 * @param glb path
 * @param size N, texels a side
 * @throws CommandError where there is no texture, UVs leave 0..1 or overlap by more than 5%.
 */
export async function readScan(glb: string, size: number): Promise<Scan> {
  const mesh = toHead(await readMesh(glb))
  const overlap = uvOverlap(mesh, size)
  if (overlap > maxOverlap) {
    throw new CommandError(
      `${Math.round(100 * overlap)}% of the texels of ${basename(glb)} lie under more than one triangle, so that they have no one colour: give a scan whose UVs don't overlap.`,
    )
  }
  const embedded = await embeddedTexture(glb)
  const image = embedded ?? (await readFile(await imageBeside(glb)))
  return { mesh, texture: await decode(image, size, embedded === null), size, overlap }
}

/** Base colour of the material with the most triangles: the one whose triangles `readMesh` gives. */
async function embeddedTexture(glb: string): Promise<Uint8Array | null> {
  const io = new NodeIO()
    .setLogger(new Logger(Logger.Verbosity.SILENT))
    .registerExtensions([KHRMaterialsUnlit, KHRMeshQuantization])
  const root = (await io.readBinary(await readFile(glb))).getRoot()
  const corners = new Map<Uint8Array | null, number>()
  for (const node of root.listNodes()) {
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      const image = primitive.getMaterial()?.getBaseColorTexture()?.getImage() ?? null
      const count = (primitive.getIndices() ?? primitive.getAttribute('POSITION'))?.getCount() ?? 0
      corners.set(image, (corners.get(image) ?? 0) + count)
    }
  }
  return [...corners].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
}

async function imageBeside(glb: string): Promise<string> {
  const folder = dirname(glb)
  const images = await imageFiles(folder, 0)
  const scans = (await filesOf(folder, ['.glb'], 0)).map(stem)
  // Beside head.glb and head-2.glb, head-2-color.jpg is the latter's.
  const ownerOf = (image: string) =>
    scans.filter((scan) => stem(image).startsWith(scan)).sort((a, b) => b.length - a.length)[0]
  const own = images.filter((image) => ownerOf(image) === stem(glb))
  const candidates = own.length > 0 ? own : images.length === 1 && scans.length === 1 ? images : []
  const colour = candidates.filter((image) => /colou?r|diffuse|albedo|texture/i.test(stem(image)))
  const found =
    colour[0] ?? candidates.find((image) => !/normal|gloss|spec|rough|bump|ao$/i.test(stem(image)))
  if (!found) {
    throw new CommandError(
      `${basename(glb)} has no texture inside and no image beside it whose name begins with ${stem(glb)}: put ${stem(glb)}-color.jpg beside it.`,
    )
  }
  return found
}

async function decode(image: Uint8Array, size: number, vUp: boolean): Promise<Float32Array> {
  const pixels = sharp(image).resize(size, size, { fit: 'fill' }).flatten({ background: 'white' })
  const bytes = await (vUp ? pixels.flip() : pixels).toColourspace('srgb').removeAlpha().raw().toBuffer()
  return Float32Array.from(bytes, (byte) => byte / 255)
}

function toHead(mesh: Mesh): Mesh {
  const { positions } = mesh
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], positions[i])
    high[i % 3] = Math.max(high[i % 3], positions[i])
  }
  // Shoulders are broader than the head, and below its upper quarter; so are the ears.
  const from = high[1] - (high[1] - low[1]) / 4
  let [left, right] = [Infinity, -Infinity]
  for (let v = 0; v < positions.length; v += 3) {
    if (positions[v + 1] < from) continue
    left = Math.min(left, positions[v])
    right = Math.max(right, positions[v])
  }
  const scale = headBreadth / (right - left)
  const centred = positions.map((value, i) => scale * (value - (low[i % 3] + high[i % 3]) / 2))
  return { ...mesh, positions: centred }
}
