import { crc32, deflateRawSync } from 'node:zlib'
import { writeSafetensors } from '../../models/safetensors.ts'

// A network in VGG16's layout with random weights, in each format that `npm run models -- add vgg16` reads, laid out
// as the usual exporters lay it out: torch.save (zip and the older stream), safetensors, torch.onnx.export.
// Files come as parts, so that one of full size need not lie in memory twice.

export interface Tensor {
  shape: number[]
  data: Float32Array
}

/** Channels of each block in the published network. */
export const fullWidths = [64, 128, 256, 512, 512]
export const smallWidths = [4, 4, 6, 6, 8]

const convolutions = [2, 2, 3, 3, 3]
/** Where torchvision's convolutions stand among ReLUs and pools. */
export const features = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28]

/**
 * Torchvision's names, weights scaled by He's rule so that activations keep their size.
 *
 * @param hidden width of the classifier's two hidden layers (4096 as published); 0: convolutions only
 */
export function randomVgg16(widths: number[] = smallWidths, seed = 1, hidden = 0): Map<string, Tensor> {
  const normal = normalNumbers(seed)
  const tensors = new Map<string, Tensor>()
  const add = (name: string, shape: number[], deviation: number) =>
    tensors.set(name, {
      shape,
      data: normal(
        shape.reduce((a, b) => a * b),
        deviation,
      ),
    })
  let input = 3
  const outputs = widths.flatMap((width, block) => Array<number>(convolutions[block]).fill(width))
  for (const [i, output] of outputs.entries()) {
    add(`features.${features[i]}.weight`, [output, input, 3, 3], Math.sqrt(2 / (9 * input)))
    add(`features.${features[i]}.bias`, [output], 0.02)
    input = output
  }
  const layers = hidden ? [49 * input, hidden, hidden, 1000] : []
  for (let i = 0; i + 1 < layers.length; i++) {
    add(`classifier.${3 * i}.weight`, [layers[i + 1], layers[i]], Math.sqrt(2 / layers[i]))
    add(`classifier.${3 * i}.bias`, [layers[i + 1]], 0.02)
  }
  return tensors
}

/** Seeded normal numbers: the sum of four uniform ones, near enough and quick. */
function normalNumbers(seed: number): (length: number, deviation: number) => Float32Array {
  let state = Math.imul(seed, 2654435761) + 12345
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return (length, deviation) => {
    const scale = deviation * Math.sqrt(3)
    const data = new Float32Array(length)
    for (let i = 0; i < length; i++) data[i] = scale * (uniform() + uniform() + uniform() + uniform() - 2)
    return data
  }
}

/** `features.7.bias` -> `conv2_2.bias` */
export function convName(name: string): string {
  const [, index, part] = name.split('.')
  let place = features.indexOf(Number(index))
  let block = 0
  while (place >= convolutions[block]) place -= convolutions[block++]
  return `conv${block + 1}_${place + 1}.${part}`
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)

export function safetensorsFile(tensors: Map<string, Tensor>): Uint8Array[] {
  return [
    writeSafetensors(new Map([...tensors].map(([name, tensor]) => [name, { dtype: 'F32', ...tensor }])), {
      format: 'pt',
    }),
  ]
}

export interface TorchOptions {
  /** Prefix of every name, as DataParallel gives it. */
  prefix?: string
  /** Wrapped as `{epoch, state_dict}`. */
  wrapped?: boolean
  /** Class of the storages, with the tensors' values in its encoding. */
  storage?: { name: string; encode: (data: Float32Array) => Uint8Array }
  /** Kernels stored [out, height, width, in] with strides that say so, as the memory format channels_last does. */
  channelsLast?: boolean
  /** As in 2017: tensors without gradients' hooks, modules without versions, storages keyed by their addresses. */
  of2017?: boolean
  /** Not torch's habit, but another tool may have packed the archive again. */
  deflated?: boolean
}

/** Values as stored, and the strides of the tensor over them. */
function layout({ shape, data }: Tensor, channelsLast = false): { stored: Float32Array; strides: number[] } {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  if (!channelsLast || shape.length !== 4) return { stored: data, strides }
  const [, channels, height, width] = shape
  const area = height * width
  const stored = data.map((_, i) => {
    const [o, p, c] = [Math.floor(i / (area * channels)), Math.floor(i / channels) % area, i % channels]
    return data[(o * channels + c) * area + p]
  })
  return { stored, strides: [area * channels, 1, width * channels, channels] }
}

/** What torch.save of a state dict writes since 2020. */
export function torchZipFile(tensors: Map<string, Tensor>, options: TorchOptions = {}): Uint8Array[] {
  const encode = options.storage?.encode ?? bytesOf
  return zip(
    [
      ['archive/data.pkl', statePickle(tensors, options, [])],
      ['archive/.format_version', text('1')],
      ['archive/.storage_alignment', text('64')],
      ['archive/byteorder', text('little')],
      ...[...tensors.values()].map((tensor, i): [string, Uint8Array] => [
        `archive/data/${i}`,
        encode(layout(tensor, options.channelsLast).stored),
      ]),
      ['archive/version', text('3\n')],
      ['archive/.data/serialization_id', text('1234567890123456789012345678901234567890')],
    ],
    options.deflated,
  )
}

/** What torch.save wrote before: pickles in a row, then each storage behind its count. */
export function torchLegacyFile(tensors: Map<string, Tensor>, options: TorchOptions = {}): Uint8Array[] {
  const encode = options.storage?.encode ?? bytesOf
  const magic = new Pickler().raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
  const system = new Pickler()
  system.raw(0x7d, 0x28).string('protocol_version').int(1001)
  system.string('little_endian').raw(0x88).string('type_sizes').raw(0x7d, 0x28)
  system.string('short').int(2).string('int').int(4).string('long').int(4).raw(0x75, 0x75)
  const keys = new Pickler().raw(0x5d, 0x28)
  const storages: Uint8Array[] = []
  for (const [i, tensor] of [...tensors.values()].entries()) {
    keys.string(storageKey(i, options))
    const { stored } = layout(tensor, options.channelsLast)
    storages.push(bytesOf(BigInt64Array.of(BigInt(stored.length))), encode(stored))
  }
  return [
    magic.finish(),
    new Pickler().int(1001).finish(),
    system.finish(),
    statePickle(tensors, options, [null]),
    keys.raw(0x65).finish(),
    ...storages,
  ]
}

const storageKey = (i: number, { of2017 }: TorchOptions) => String(of2017 ? 94103200000000 + 352 * i : i)

/** The pickle of an OrderedDict of tensors, each in a storage of its own, keyed by its place. */
function statePickle(tensors: Map<string, Tensor>, options: TorchOptions, view: null[]): Uint8Array {
  const { prefix = '', wrapped = false, storage, channelsLast, of2017 = false } = options
  const out = new Pickler()
  if (wrapped) out.raw(0x7d, 0x28).string('epoch').int(90).string('state_dict')
  out.global('collections', 'OrderedDict').raw(0x29, 0x52).put().raw(0x28)
  for (const [i, [name, tensor]] of [...tensors].entries()) {
    const { shape, data } = tensor
    out.string(prefix + name).global('torch._utils', '_rebuild_tensor_v2')
    out
      .raw(0x28, 0x28)
      .string('storage')
      .global('torch', storage?.name ?? 'FloatStorage')
    out.string(storageKey(i, options)).string('cpu').int(data.length)
    for (const _ of view) out.raw(0x4e)
    out.raw(0x74).put().raw(0x51).int(0)
    out.tuple(shape).tuple(layout(tensor, channelsLast).strides)
    if (!of2017) out.raw(0x89).global('collections', 'OrderedDict').raw(0x29, 0x52).put()
    out.raw(0x74).put().raw(0x52).put()
  }
  out.raw(0x75)
  if (!of2017) {
    out.raw(0x7d).put().string('_metadata').global('collections', 'OrderedDict').raw(0x29, 0x52).put()
    out.raw(0x28).string('features').raw(0x7d).put().string('version').int(1).raw(0x73, 0x75, 0x73, 0x62)
  }
  if (wrapped) out.raw(0x75)
  return out.finish()
}

/** Writes pickles of protocol 2, remembering strings and globals as Python does. */
export class Pickler {
  private readonly bytes: number[] = [0x80, 2]
  private readonly memo = new Map<string, number>()
  private count = 0

  raw(...bytes: number[]): this {
    this.bytes.push(...bytes)
    return this
  }

  /** Remembers the top of the stack. */
  put(): this {
    const at = this.count++
    return at < 256 ? this.raw(0x71, at) : this.raw(0x72, ...littleEndian(at, 4))
  }

  string(value: string): this {
    return this.once(`s ${value}`, () => {
      const encoded = text(value)
      this.raw(0x58, ...littleEndian(encoded.length, 4), ...encoded)
    })
  }

  global(module: string, name: string): this {
    return this.once(`g ${module}.${name}`, () => this.raw(0x63, ...text(`${module}\n${name}\n`)))
  }

  int(value: number): this {
    if (value < 256) return this.raw(0x4b, value)
    return value < 65536
      ? this.raw(0x4d, ...littleEndian(value, 2))
      : this.raw(0x4a, ...littleEndian(value, 4))
  }

  tuple(values: number[]): this {
    if (values.length > 3) this.raw(0x28)
    for (const value of values) this.int(value)
    return this.raw(values.length > 3 ? 0x74 : [0x29, 0x85, 0x86, 0x87][values.length]).put()
  }

  finish(): Uint8Array {
    return Uint8Array.from([...this.bytes, 0x2e])
  }

  private once(key: string, write: () => void): this {
    const at = this.memo.get(key)
    if (at !== undefined) return at < 256 ? this.raw(0x68, at) : this.raw(0x6a, ...littleEndian(at, 4))
    write()
    this.memo.set(key, this.count)
    return this.put()
  }
}

const text = (value: string) => new TextEncoder().encode(value)
const littleEndian = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256)

/** Numbers of 2, 4 or 8 bytes, little-endian: `[bytes, value]`. */
function record(...fields: [number, number][]): Uint8Array {
  return Uint8Array.from(fields.flatMap(([bytes, value]) => littleEndian(value, bytes)))
}

/** As torch writes it: sizes behind the data, data aligned to 64 bytes, the end in 64 bits as well. */
export function zip(files: [string, Uint8Array][], deflated = false): Uint8Array[] {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  const write = (...some: Uint8Array[]) => {
    for (const part of some) at += part.length
    parts.push(...some)
  }
  for (const [name, data] of files) {
    const header = at
    const packed = deflated ? deflateRawSync(data) : data
    const method = deflated ? 8 : 0
    const encoded = text(name)
    const padding = 64 - ((at + 30 + encoded.length + 4) % 64)
    const extra = Uint8Array.from([...text('FB'), ...littleEndian(padding, 2), ...Array(padding).fill(0x5a)])
    const crc = crc32(data)
    write(
      record([4, 0x04034b50], [2, 20], [2, 0x808], [2, method], [4, 0], [4, 0], [4, 0], [4, 0]),
      record([2, encoded.length], [2, extra.length]),
      encoded,
      extra,
      packed,
      record([4, 0x08074b50], [4, crc], [4, packed.length], [4, data.length]),
    )
    directory.push(
      record([4, 0x02014b50], [2, 0], [2, 20], [2, 0x808], [2, method], [4, 0], [4, crc]),
      record([4, packed.length], [4, data.length], [2, encoded.length], [2, 0], [2, 0], [2, 0], [2, 0]),
      record([4, 0], [4, header]),
      encoded,
    )
  }
  const start = at
  write(...directory)
  const size = at - start
  const end = at
  const count = files.length
  write(
    record([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count]),
    record([8, size], [8, start]),
    record([4, 0x07064b50], [4, 0], [8, end], [4, 1]),
    record([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, start], [2, 0]),
  )
  return parts
}

export interface OnnxOptions {
  /** Where a tensor's values go; `raw` is what torch writes. */
  data?: 'raw' | 'float' | 'half' | 'external'
  /** Another network: convolutions after which a pool follows. */
  poolsAfter?: number[]
  encodeHalf?: (data: Float32Array) => Uint16Array
}

/** The convolutions as torch.onnx.export writes them, pools between, any classifier as Gemm nodes. */
export function onnxFile(tensors: Map<string, Tensor>, options: OnnxOptions = {}): Uint8Array[] {
  const graph: Uint8Array[] = []
  let last = 'input'
  const node = (type: string, inputs: string[], attributes: [string, number[]][] = []) => {
    const output = `/${type}_${graph.length}_output`
    const strings = [...inputs.map((name) => field(1, name)), field(2, output), field(4, type)]
    const lists = attributes.map(([name, values]) =>
      message(5, [field(1, name), ...values.map((value) => integer(8, value)), integer(20, 7)]),
    )
    graph.push(...message(1, [...strings, ...lists.flat()]))
    last = output
  }
  for (const [i, index] of features.entries()) {
    node(
      'Conv',
      [last, `features.${index}.weight`, `features.${index}.bias`],
      [
        ['dilations', [1, 1]],
        ['kernel_shape', [3, 3]],
        ['pads', [1, 1, 1, 1]],
        ['strides', [1, 1]],
      ],
    )
    node('Relu', [last])
    if ((options.poolsAfter ?? [1, 3, 6, 9, 12]).includes(i))
      node(
        'MaxPool',
        [last],
        [
          ['kernel_shape', [2, 2]],
          ['strides', [2, 2]],
        ],
      )
  }
  if (tensors.has('classifier.0.weight')) {
    node('Flatten', [last])
    for (const i of [0, 3, 6]) node('Gemm', [last, `classifier.${i}.weight`, `classifier.${i}.bias`])
  }
  graph.push(field(2, 'main_graph'))
  for (const [name, tensor] of tensors) graph.push(...message(5, tensorProto(name, tensor, options)))
  const value = (name: string, dims: number[]) => {
    const sides = dims.flatMap((dim) => message(1, [integer(1, dim)]))
    const shape = dims.length > 0 ? message(2, sides) : []
    return [field(1, name), ...message(2, message(1, [integer(1, 1), ...shape]))]
  }
  graph.push(...message(11, value('input', [1, 3, 32, 32])), ...message(12, value(last, [])))
  return [
    integer(1, 8),
    field(2, 'pytorch'),
    ...message(7, graph),
    ...message(8, [field(1, ''), integer(2, 17)]),
  ]
}

function tensorProto(name: string, { shape, data }: Tensor, { data: kind = 'raw', encodeHalf }: OnnxOptions) {
  const dims = shape.map((dim) => integer(1, dim))
  if (kind === 'float') return [...dims, integer(2, 1), field(4, bytesOf(data)), field(8, name)]
  if (kind === 'external')
    return [...dims, integer(2, 1), field(8, name), ...message(13, [field(1, 'location')]), integer(14, 1)]
  if (kind === 'half') {
    const values = Uint8Array.from([...encodeHalf!(data)].flatMap((half) => varint(half)))
    return [...dims, integer(2, 10), field(5, values), field(8, name)]
  }
  return [...dims, integer(2, 1), field(8, name), field(9, bytesOf(data))]
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return [...bytes, value]
}

const integer = (number: number, value: number) => Uint8Array.from([...varint(number * 8), ...varint(value)])

function field(number: number, value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? text(value) : value
  const head = [...varint(number * 8 + 2), ...varint(bytes.length)]
  const whole = new Uint8Array(head.length + bytes.length)
  whole.set(head)
  whole.set(bytes, head.length)
  return whole
}

/** A message as its head and its parts, uncopied. */
function message(number: number, parts: Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return [Uint8Array.from([...varint(number * 8 + 2), ...varint(length)]), ...parts]
}
