import {
  ProtobufError,
  type ProtobufSpan,
  packedVarints,
  protobufFields,
  protobufSpans,
} from '../protobuf.ts'
import type { ByteSource } from './source.ts'
import { countOf, decodeFloats, type FileTensor, type FloatType, floatBytes } from './tensor.ts'
import { UnusableFile } from './unusable.ts'
import { convolutionNames } from './vgg16.ts'

/** TensorProto.DataType of the types that are read. */
const types: Record<number, FloatType> = { 1: 'F32', 10: 'F16', 11: 'F64', 16: 'BF16' }
/** A network of VGG16's kind has a few hundred fields; a file that goes on beyond this is something else. */
const mostFields = 100_000
/** Larger nodes hold constants, no convolution. */
const mostNodeBytes = 2 ** 16
/** VGG16's convolutions and pools in order. */
const layers = 'CCPCCPCCCPCCCPCCC'

interface Span {
  start: number
  end: number
}

interface Node {
  type: string
  inputs: string[]
}

/** An initializer: its shape, its type and where its values may lie. */
interface Initializer {
  name: string
  shape: number[]
  type: number
  raw?: Span
  floats: Span[]
  ints: Span[]
  isExternal: boolean
}

/**
 * The convolutions of a VGG16 that was exported to ONNX, named conv1_1 .. conv5_3 in the order of the graph's nodes:
 * the names within such files are the exporter's own.
 *
 * @throws UnusableFile
 */
export function onnxTensors(source: ByteSource): Map<string, FileTensor> {
  try {
    return readModel(source)
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error
    throw new UnusableFile(`is a damaged or truncated ONNX file, or none (${error.message})`)
  }
}

function readModel(source: ByteSource): Map<string, FileTensor> {
  let left = mostFields
  function* fields(span: Span): Generator<ProtobufSpan> {
    for (const field of protobufSpans(source, span.start, span.end)) {
      if (left-- === 0) throw new ProtobufError(`more than ${mostFields} fields`)
      yield field
    }
  }
  const nodes: Node[] = []
  const initializers = new Map<string, Initializer>()
  for (const part of fields({ start: 0, end: source.size })) {
    if (part.number !== 7 || part.wire !== 2) continue
    for (const field of fields(part)) {
      if (field.wire !== 2) continue
      if (field.number === 1 && field.end - field.start <= mostNodeBytes) {
        nodes.push(readNode(source.read(field.start, field.end - field.start)))
      }
      if (field.number === 5) {
        const initializer = readInitializer(source, fields(field))
        initializers.set(initializer.name, initializer)
      }
    }
  }
  return convolutionsOf(nodes, initializers, source)
}

function readNode(message: Uint8Array): Node {
  const node: Node = { type: '', inputs: [] }
  for (const { number, bytes } of protobufFields(message)) {
    if (number === 1) node.inputs.push(new TextDecoder().decode(bytes))
    if (number === 4) node.type = new TextDecoder().decode(bytes)
  }
  return node
}

function readInitializer(source: ByteSource, fields: Iterable<ProtobufSpan>): Initializer {
  const found: Initializer = { name: '', shape: [], type: 0, floats: [], ints: [], isExternal: false }
  for (const { number, wire, value, start, end } of fields) {
    const small = () => source.read(start, Math.min(end - start, 1000))
    if (number === 1) found.shape.push(...(wire === 0 ? [value] : packedVarints(small())))
    else if (number === 2) found.type = value
    else if (number === 4) found.floats.push({ start, end })
    else if (number === 5) found.ints.push({ start, end })
    else if (number === 8) found.name = new TextDecoder().decode(small())
    else if (number === 9) found.raw = { start, end }
    else if (number === 13 || (number === 14 && value === 1)) found.isExternal = true
  }
  return found
}

function convolutionsOf(
  nodes: Node[],
  initializers: Map<string, Initializer>,
  source: ByteSource,
): Map<string, FileTensor> {
  const order = nodes.map(({ type }) => (type === 'Conv' ? 'C' : /^(Max|Average)Pool$/.test(type) ? 'P' : ''))
  const found = order.join('').replace(/P*$/, '')
  if (found !== layers) {
    throw new UnusableFile(
      found === ''
        ? 'is no ONNX file of a convolutional network'
        : `is an ONNX file of another network (convolutions and pools ${found.slice(0, 100)}, where VGG16 has ${layers})`,
      'give a VGG16',
    )
  }
  const tensors = new Map<string, FileTensor>()
  const convolutions = nodes.filter(({ type }) => type === 'Conv')
  for (const [i, name] of convolutionNames.entries()) {
    for (const [place, part] of [
      [1, 'weight'],
      [2, 'bias'],
    ] as const) {
      const initializer = initializers.get(convolutions[i].inputs[place])
      if (!initializer) {
        throw new UnusableFile(
          `is an ONNX file whose convolution ${i + 1} has no stored ${part}`,
          'export it with its weights as initializers and without removing biases',
        )
      }
      const values = async () => valuesOf(initializer, `${name}.${part}`, source)
      tensors.set(`${name}.${part}`, { shape: initializer.shape, values })
    }
  }
  return tensors
}

function valuesOf(initializer: Initializer, name: string, source: ByteSource): Float32Array {
  const { shape, raw, floats, ints, isExternal } = initializer
  if (isExternal) {
    throw new UnusableFile(
      `is an ONNX file that keeps ${name} in another file`,
      'export it with all weights inside (external_data=False)',
    )
  }
  const type = Object.hasOwn(types, initializer.type) ? types[initializer.type] : undefined
  if (!type) {
    throw new UnusableFile(
      `stores ${name} as ONNX type ${initializer.type} where a floating-point type was expected`,
      'export it without quantisation',
    )
  }
  const count = countOf(shape)
  // A number in `ints` takes up to three bytes where it is a half, ten where it is anything.
  const stored = raw
    ? join([raw], source, count * floatBytes[type])
    : type === 'F32'
      ? join(floats, source, count * 4)
      : new Uint8Array(Uint16Array.from(packedVarints(join(ints, source, count * 10))).buffer)
  if (stored.length !== count * floatBytes[type]) {
    throw new UnusableFile(
      `is a damaged ONNX file (${name} of shape [${shape.slice(0, 8)}] has ${stored.length} bytes of values where ${count * floatBytes[type]} were expected)`,
    )
  }
  return decodeFloats(stored, type)
}

/** The bytes of all spans; none where there are more than can be needed. */
function join(spans: Span[], source: ByteSource, mostBytes: number): Uint8Array {
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0)
  if (total > mostBytes) return new Uint8Array(0)
  const joined = new Uint8Array(total)
  let at = 0
  for (const { start, end } of spans) {
    joined.set(source.read(start, end - start), at)
    at += end - start
  }
  return joined
}
