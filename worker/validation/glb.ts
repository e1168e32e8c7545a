import { limits } from '../limits.ts'
import { componentTypes, type Scene, scene } from './glb-scene.ts'
import { ValidationError } from './validation-error.ts'

const part = 'face.glb'
const [magic, jsonChunk, binChunk] = [0x46546c67, 0x4e4f534a, 0x004e4942]
/** The scene description of a face takes 2 kB. */
const maxJson = 64 * 1024

/**
 * Checks a binary glTF: one textured face as the client exports it, whose every access lies within the file, whose numbers
 * are finite, whose indices name vertices and whose texture is the result's own, to the byte.
 *
 * @throws ValidationError
 */
export function checkGlb(bytes: Uint8Array, texture: Uint8Array): void {
  const { json, bin } = readChunks(bytes)
  const parsed = scene.safeParse(json)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    const where = path.length > 0 ? path.join('.') : 'its root'
    throw refused('glb-scene', `${part} is no exported face: ${where}: ${message.slice(0, 200)}.`)
  }
  const { data } = parsed
  if (data.buffers[0].byteLength > bin.length || data.buffers[0].byteLength < bin.length - 3) {
    throw refused(
      'glb-buffer',
      `${part} declares ${data.buffers[0].byteLength} bytes of data and holds ${bin.length}.`,
    )
  }
  const [primitive] = data.meshes[0].primitives
  const { POSITION, NORMAL, TEXCOORD_0 } = primitive.attributes
  const vertices = data.accessors[POSITION]?.count ?? 0
  if (vertices < 3 || vertices > limits.parts[part].maxVertices) {
    throw refused(
      'glb-vertices',
      `${part} has ${vertices} vertices; 3 to ${limits.parts[part].maxVertices} are taken.`,
    )
  }
  for (const [accessor, type] of [
    [POSITION, 'VEC3'],
    [NORMAL, 'VEC3'],
    [TEXCOORD_0, 'VEC2'],
  ] as const) {
    checkFloats(data, bin, accessor, type, vertices)
  }
  checkIndices(data, bin, primitive.indices, vertices)
  const image = viewBytes(data, bin, data.images[0].bufferView)
  if (image.length !== texture.length || image.some((byte, i) => byte !== texture[i])) {
    throw refused('glb-texture', `The texture in ${part} is not texture.png.`)
  }
}

function refused(code: string, message: string): ValidationError {
  return new ValidationError({ part, code, message, hint: 'Export the face again and send it.' })
}

function readChunks(bytes: Uint8Array): { json: unknown; bin: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 28 || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== 2) {
    throw refused('glb-signature', `${part} is no binary glTF 2.0.`)
  }
  if (view.getUint32(8, true) !== bytes.length) {
    throw refused('glb-length', `${part} declares ${view.getUint32(8, true)} bytes and has ${bytes.length}.`)
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
      'glb-chunks',
      `${part} must hold a JSON chunk of at most ${maxJson} bytes and a binary chunk.`,
    )
  }
  const binLength = view.getUint32(binAt, true)
  if (view.getUint32(binAt + 4, true) !== binChunk || binAt + 8 + binLength !== bytes.length) {
    throw refused('glb-chunks', `${part} must hold one JSON chunk and one binary chunk, and nothing else.`)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(20, binAt))
    return { json: JSON.parse(text), bin: bytes.subarray(binAt + 8) }
  } catch {
    throw refused('glb-json', `The scene description in ${part} is no JSON.`)
  }
}

/** The bytes of a buffer view. Numbers are whole and below 2^53, so that sums are exact. */
function viewBytes({ bufferViews }: Scene, bin: Uint8Array, which: number): Uint8Array {
  const view = bufferViews[which]
  const from = view?.byteOffset ?? 0
  if (!view || from + view.byteLength > bin.length) {
    throw refused('glb-bounds', `${part} refers to data beyond its end.`)
  }
  return bin.subarray(from, from + view.byteLength)
}

/** Where the elements of an accessor lie, all within the file. */
function elements(data: Scene, bin: Uint8Array, which: number, elementBytes: number, component: number) {
  const accessor = data.accessors[which]
  if (!accessor) throw refused('glb-bounds', `${part} refers to an accessor that it does not have.`)
  const bytes = viewBytes(data, bin, accessor.bufferView)
  const stride = data.bufferViews[accessor.bufferView].byteStride ?? elementBytes
  const from = accessor.byteOffset ?? 0
  const last = from + stride * (accessor.count - 1) + elementBytes
  if (accessor.count < 1 || stride < elementBytes || last > bytes.length) {
    throw refused('glb-bounds', `${part} refers to data beyond its end.`)
  }
  if (
    from % component !== 0 ||
    stride % component !== 0 ||
    (bytes.byteOffset - bin.byteOffset) % component !== 0
  ) {
    throw refused('glb-alignment', `Numbers in ${part} do not begin at multiples of their length.`)
  }
  return { accessor, stride, from, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}

function checkFloats(
  data: Scene,
  bin: Uint8Array,
  which: number,
  type: 'VEC2' | 'VEC3',
  vertices: number,
): void {
  const width = type === 'VEC3' ? 3 : 2
  const { accessor, stride, from, view } = elements(data, bin, which, 4 * width, 4)
  if (
    accessor.type !== type ||
    accessor.componentType !== componentTypes.float ||
    accessor.count !== vertices
  ) {
    throw refused('glb-accessor', `${part} must give each vertex a ${type} of floats.`)
  }
  for (let v = 0; v < vertices; v++) {
    for (let c = 0; c < width; c++) {
      if (Number.isFinite(view.getFloat32(from + v * stride + 4 * c, true))) continue
      throw refused('glb-numbers', `${part} holds a number that is not finite.`)
    }
  }
}

function checkIndices(data: Scene, bin: Uint8Array, which: number, vertices: number): void {
  const componentType = data.accessors[which]?.componentType
  if (componentType === componentTypes.float) {
    throw refused('glb-accessor', `The triangles of ${part} must be whole numbers.`)
  }
  const width = componentType === componentTypes.short ? 2 : 4
  const { accessor, stride, from, view } = elements(data, bin, which, width, width)
  const { count, type } = accessor
  // A closed surface has about twice as many triangles as vertices; six indices a vertex, and some more at seams.
  const most = 12 * limits.parts[part].maxVertices
  if (type !== 'SCALAR' || stride !== width || count % 3 !== 0 || count > most) {
    throw refused(
      'glb-accessor',
      `The triangles of ${part} must be whole numbers, three each, at most ${most}.`,
    )
  }
  for (let i = 0; i < count; i++) {
    const at = from + i * width
    if ((width === 2 ? view.getUint16(at, true) : view.getUint32(at, true)) < vertices) continue
    throw refused('glb-indices', `A triangle of ${part} names a vertex that is not there.`)
  }
}
