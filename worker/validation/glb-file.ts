import { safelyParsed } from '../contract/safely-parsed.ts'
import { componentTypes, type faceScene, type Scene } from './glb-scene.ts'
import { ValidationError } from './validation-error.ts'

export type GlbPart = 'face.glb' | 'head.glb'
const [magic, jsonChunk, binChunk] = [0x46546c67, 0x4e4f534a, 0x004e4942]
/** The scene description of a face takes 2 kB, of a head with its hair 3 kB, of one that moves up to 80 kB. */
const maxJson = 128 * 1024

/** A file whose scene is what it may be. */
export interface Glb {
  part: GlbPart
  scene: Scene
  /** The binary chunk, where numbers of four bytes can begin. */
  bin: Uint8Array
}

/** @throws ValidationError where it is no binary glTF, or its scene none of the schema's */
export function readGlb(
  part: GlbPart,
  bytes: Uint8Array,
  schemaFor: (json: unknown) => typeof faceScene,
): Glb {
  const { text, json, bin } = readChunks(part, bytes)
  const parsed = safelyParsed(schemaFor(json), json)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    const where = path.length > 0 ? path.join('.') : 'its root'
    throw refused(
      part,
      'glb-scene',
      `${part} is no exported ${part.slice(0, 4)}: ${where}: ${message.slice(0, 200)}.`,
    )
  }
  // Anything could stand in a name that is given twice, or between the tokens.
  const written = JSON.stringify(json)
  if (!text.startsWith(written) || !/^ {0,3}$/.test(text.slice(written.length))) {
    throw refused(
      part,
      'glb-json',
      `The scene description in ${part} is not written as JSON.stringify writes it.`,
    )
  }
  const scene = parsed.data
  const [{ byteLength }] = scene.buffers
  if (byteLength > bin.length || byteLength < bin.length - 3) {
    throw refused(part, 'glb-buffer', `${part} declares ${byteLength} bytes of data and holds ${bin.length}.`)
  }
  return { part, scene, bin }
}

/** The bytes of a buffer view. Numbers are whole and below 2^53, so that sums are exact. */
export function viewBytes({ part, scene, bin }: Glb, which: number): Uint8Array {
  const view = scene.bufferViews[which]
  const from = view?.byteOffset ?? 0
  if (!view || from + view.byteLength > bin.length) {
    throw refused(part, 'glb-bounds', `${part} refers to data beyond its end.`)
  }
  return bin.subarray(from, from + view.byteLength)
}

/** Where the elements of an accessor lie, all within the file. */
export function elements(glb: Glb, which: number, elementBytes: number, component: number) {
  const { part, scene, bin } = glb
  const accessor = scene.accessors[which]
  if (!accessor) throw refused(part, 'glb-bounds', `${part} refers to an accessor that it does not have.`)
  if (accessor.bufferView === undefined || accessor.sparse) {
    throw refused(
      part,
      'glb-accessor',
      `${part} has an accessor without data, or a sparse one, that is no morph target's.`,
    )
  }
  if (accessor.normalized && accessor.componentType === componentTypes.float) {
    throw refused(part, 'glb-accessor', `${part} has floats that are normalized.`)
  }
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

/** Of numbers that lie close to each other: what a typed array over them is made of. */
export function numbersAt(
  { part, scene, bin }: Glb,
  { bufferView, byteOffset = 0 }: { bufferView: number; byteOffset?: number },
  count: number,
  bytes: number,
): [ArrayBuffer, number, number] {
  const view = scene.bufferViews[bufferView]
  const from = (view?.byteOffset ?? 0) + byteOffset
  if (!view || byteOffset + count * bytes > view.byteLength || from + count * bytes > bin.length) {
    throw refused(part, 'glb-bounds', `${part} refers to data beyond its end.`)
  }
  if (from % bytes !== 0) {
    throw refused(part, 'glb-alignment', `Numbers in ${part} do not begin at multiples of their length.`)
  }
  return [bin.buffer as ArrayBuffer, bin.byteOffset + from, count]
}

/** How many numbers an element of each type has. */
export const typeWidths = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 } as const
/** How many bytes a number of each component type takes. */
export const componentBytes = {
  [componentTypes.float]: 4,
  [componentTypes.byte]: 1,
  [componentTypes.short]: 2,
  [componentTypes.int]: 4,
} as const

/** Floats that lie close to each other, finite or not. */
export function floats(glb: Glb, which: number, type: keyof typeof typeWidths): Float32Array {
  const width = typeWidths[type]
  const { accessor, stride, from, view } = elements(glb, which, 4 * width, 4)
  if (accessor.type !== type || accessor.componentType !== componentTypes.float || stride !== 4 * width) {
    throw refused(
      glb.part,
      'glb-accessor',
      `Bones and animations of ${glb.part} must be floats, ${type} where it has ${accessor.type}.`,
    )
  }
  return new Float32Array(view.buffer, view.byteOffset + from, accessor.count * width)
}

/**
 * Checks that an accessor says of its elements what is so: viewers place their cameras by it.
 *
 * @param least of each component, in the file @param most likewise
 */
export function checkBounds(
  { part }: Glb,
  { min, max }: Scene['accessors'][number],
  least: readonly number[],
  most: readonly number[],
): void {
  if (isClose(min ?? least, least) && isClose(max ?? most, most)) return
  throw refused(part, 'glb-range', `An accessor of ${part} has a min or max that its numbers do not have.`)
}

/** As numbers of 32 bits are, written with fewer digits. */
const isClose = (claimed: readonly number[], found: readonly number[]) =>
  claimed.length === found.length &&
  claimed.every((value, i) => Math.abs(value - found[i]) <= 1e-5 * Math.max(1, Math.abs(found[i])))

/** Are all of them numbers, and within bounds? */
export function isWithin(values: Float32Array, least: number, most: number): boolean {
  for (let i = 0; i < values.length; i++) if (!(values[i] >= least && values[i] <= most)) return false
  return true
}

export function refused(
  part: GlbPart,
  code: string,
  message: string,
  hint = 'Export it again and send it.',
): ValidationError {
  return new ValidationError({ part, code, message, hint })
}

function readChunks(part: GlbPart, bytes: Uint8Array): { text: string; json: unknown; bin: Uint8Array } {
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
    return { text, json: JSON.parse(text), bin: inWords(bytes.subarray(binAt + 8)) }
  } catch {
    throw refused(part, 'glb-json', `The scene description in ${part} is no JSON.`)
  }
}

/** The same bytes, so that arrays of larger numbers can lie over them. */
const inWords = (bytes: Uint8Array) => (bytes.byteOffset % 4 === 0 ? bytes : bytes.slice())
