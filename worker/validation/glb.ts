import { Buffer } from 'node:buffer'
import { limits } from '../limits.ts'
import { componentTypes, faceScene, headScene, type Scene } from './glb-scene.ts'
import { checkPng } from './png.ts'
import { ValidationError } from './validation-error.ts'

type GlbPart = 'face.glb' | 'head.glb'
const [magic, jsonChunk, binChunk] = [0x46546c67, 0x4e4f534a, 0x004e4942]
/** The scene description of a face takes 2 kB, of a head with its hair 3 kB. */
const maxJson = 64 * 1024

/** A file whose scene is what it may be. */
interface Glb {
  part: GlbPart
  scene: Scene
  /** The binary chunk. */
  bin: Uint8Array
}

/**
 * Checks a binary glTF: one textured face as the client exports it, whose every access lies within the file, whose numbers
 * are finite, whose indices name vertices and whose texture is the result's own, to the byte.
 *
 * @throws ValidationError
 */
export function checkFaceGlb(bytes: Uint8Array, texture: Uint8Array): void {
  const part = 'face.glb'
  const glb = readGlb(part, bytes, () => faceScene)
  checkMeshes(glb)
  const image = imageOf(glb, 0)
  if (!Buffer.from(image.buffer, image.byteOffset, image.length).equals(texture)) {
    throw refused(part, 'glb-texture', `The texture in ${part} is not texture.png.`)
  }
}

/**
 * The same for a whole head: its mesh with a texture twice as wide as high, and where it has hair that mesh with one whose
 * alpha cuts the strands out.
 *
 * @returns the PNG of its skin
 * @throws ValidationError
 */
export function checkHeadGlb(bytes: Uint8Array): Uint8Array {
  const part = 'head.glb'
  const glb = readGlb(part, bytes, headScene)
  checkMeshes(glb)
  const { minPixels, maxPixels, hair } = limits.parts[part]
  const skinRules = {
    channels: 3,
    aspect: 2,
    minSize: minPixels,
    maxSize: maxPixels,
    multiple: minPixels,
  } as const
  const skin = imageOf(glb, 0)
  checkPng(part, skin, skinRules)
  if (glb.scene.images.length === 1) return skin
  const { minPixels: minSize, maxPixels: maxSize } = hair
  checkPng(part, imageOf(glb, 1), { channels: 4, minSize, maxSize, multiple: minSize })
  return skin
}

function readGlb(part: GlbPart, bytes: Uint8Array, schemaFor: (json: unknown) => typeof faceScene): Glb {
  const { json, bin } = readChunks(part, bytes)
  const parsed = schemaFor(json).safeParse(json)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    const where = path.length > 0 ? path.join('.') : 'its root'
    throw refused(
      part,
      'glb-scene',
      `${part} is no exported ${part.slice(0, 4)}: ${where}: ${message.slice(0, 200)}.`,
    )
  }
  const scene = parsed.data
  const [{ byteLength }] = scene.buffers
  if (byteLength > bin.length || byteLength < bin.length - 3) {
    throw refused(part, 'glb-buffer', `${part} declares ${byteLength} bytes of data and holds ${bin.length}.`)
  }
  return { part, scene, bin }
}

/** Colours have an opacity. */
const attributeTypes: Record<string, FloatType> = {
  POSITION: 'VEC3',
  NORMAL: 'VEC3',
  TEXCOORD_0: 'VEC2',
  COLOR_0: 'VEC4',
}

function checkMeshes(glb: Glb): void {
  const { part, scene } = glb
  const { maxVertices } = limits.parts[part]
  const counts = scene.meshes.map(
    ({ primitives: [{ attributes }] }) => scene.accessors[attributes.POSITION]?.count ?? 0,
  )
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (counts.some((count) => count < 3) || all > maxVertices) {
    throw refused(part, 'glb-vertices', `${part} has ${all} vertices; 3 to ${maxVertices} are taken.`)
  }
  for (const [i, { primitives }] of scene.meshes.entries()) {
    const [{ attributes, indices }] = primitives
    for (const [name, accessor] of Object.entries(attributes) as [string, number][]) {
      checkFloats(glb, accessor, attributeTypes[name], counts[i])
    }
    checkIndices(glb, indices, counts[i])
  }
}

/** The file of the i-th texture. */
function imageOf(glb: Glb, i: number): Uint8Array {
  return viewBytes(glb, glb.scene.images[i].bufferView)
}

function refused(part: GlbPart, code: string, message: string): ValidationError {
  return new ValidationError({ part, code, message, hint: 'Export it again and send it.' })
}

function readChunks(part: GlbPart, bytes: Uint8Array): { json: unknown; bin: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 28 || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== 2) {
    throw refused(part, 'glb-signature', `${part} is no binary glTF 2.0.`)
  }
  if (view.getUint32(8, true) !== bytes.length) {
    throw refused(
      part,
      'glb-length',
      `${part} declares ${view.getUint32(8, true)} bytes and has ${bytes.length}.`,
    )
  }
  const jsonLength = view.getUint32(12, true)
  const binAt = 20 + jsonLength
  if (
    view.getUint32(16, true) !== jsonChunk ||
    jsonLength > maxJson ||
    jsonLength % 4 !== 0 ||
    binAt + 8 > bytes.length
  ) {
    throw refused(
      part,
      'glb-chunks',
      `${part} must hold a JSON chunk of at most ${maxJson} bytes and a binary chunk.`,
    )
  }
  const binLength = view.getUint32(binAt, true)
  if (view.getUint32(binAt + 4, true) !== binChunk || binAt + 8 + binLength !== bytes.length) {
    throw refused(
      part,
      'glb-chunks',
      `${part} must hold one JSON chunk and one binary chunk, and nothing else.`,
    )
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(20, binAt))
    return { json: JSON.parse(text), bin: bytes.subarray(binAt + 8) }
  } catch {
    throw refused(part, 'glb-json', `The scene description in ${part} is no JSON.`)
  }
}

/** The bytes of a buffer view. Numbers are whole and below 2^53, so that sums are exact. */
function viewBytes({ part, scene, bin }: Glb, which: number): Uint8Array {
  const view = scene.bufferViews[which]
  const from = view?.byteOffset ?? 0
  if (!view || from + view.byteLength > bin.length) {
    throw refused(part, 'glb-bounds', `${part} refers to data beyond its end.`)
  }
  return bin.subarray(from, from + view.byteLength)
}

/** Where the elements of an accessor lie, all within the file. */
function elements(glb: Glb, which: number, elementBytes: number, component: number) {
  const { part, scene, bin } = glb
  const accessor = scene.accessors[which]
  if (!accessor) throw refused(part, 'glb-bounds', `${part} refers to an accessor that it does not have.`)
  const bytes = viewBytes(glb, accessor.bufferView)
  const stride = scene.bufferViews[accessor.bufferView].byteStride ?? elementBytes
  const from = accessor.byteOffset ?? 0
  const last = from + stride * (accessor.count - 1) + elementBytes
  if (accessor.count < 1 || stride < elementBytes || last > bytes.length) {
    throw refused(part, 'glb-bounds', `${part} refers to data beyond its end.`)
  }
  if (
    from % component !== 0 ||
    stride % component !== 0 ||
    (bytes.byteOffset - bin.byteOffset) % component !== 0
  ) {
    throw refused(part, 'glb-alignment', `Numbers in ${part} do not begin at multiples of their length.`)
  }
  return { accessor, stride, from, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}

const widths = { VEC2: 2, VEC3: 3, VEC4: 4 } as const
type FloatType = keyof typeof widths

function checkFloats(glb: Glb, which: number, type: FloatType, vertices: number): void {
  const { part } = glb
  const width = widths[type]
  const { accessor, stride, from, view } = elements(glb, which, 4 * width, 4)
  if (
    accessor.type !== type ||
    accessor.componentType !== componentTypes.float ||
    accessor.count !== vertices
  ) {
    throw refused(part, 'glb-accessor', `${part} must give each vertex a ${type} of floats.`)
  }
  for (let v = 0; v < vertices; v++) {
    for (let c = 0; c < width; c++) {
      if (Number.isFinite(view.getFloat32(from + v * stride + 4 * c, true))) continue
      throw refused(part, 'glb-numbers', `${part} holds a number that is not finite.`)
    }
  }
}

function checkIndices(glb: Glb, which: number, vertices: number): void {
  const { part, scene } = glb
  const componentType = scene.accessors[which]?.componentType
  if (componentType === componentTypes.float) {
    throw refused(part, 'glb-accessor', `The triangles of ${part} must be whole numbers.`)
  }
  const width = componentType === componentTypes.short ? 2 : 4
  const { accessor, stride, from, view } = elements(glb, which, width, width)
  const { count, type } = accessor
  // A closed surface has about twice as many triangles as vertices; six indices a vertex, and some more at seams.
  const most = 12 * limits.parts[part].maxVertices
  if (type !== 'SCALAR' || stride !== width || count % 3 !== 0 || count > most) {
    throw refused(
      part,
      'glb-accessor',
      `The triangles of ${part} must be whole numbers, three each, at most ${most}.`,
    )
  }
  for (let i = 0; i < count; i++) {
    const at = from + i * width
    if ((width === 2 ? view.getUint16(at, true) : view.getUint32(at, true)) < vertices) continue
    throw refused(part, 'glb-indices', `A triangle of ${part} names a vertex that is not there.`)
  }
}
