import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { floatsToHalves } from '../../../../models/float16.ts'
import { type StoredTensor, writeSafetensors } from '../../../../models/safetensors.ts'
import { readTensors } from '../../../../models/weights/read.ts'
import { bytesSource } from '../../../../models/weights/source.ts'
import { vgg16Tensors } from '../../../../models/weights/vgg16.ts'
import {
  convName,
  onnxFile,
  randomVgg16,
  safetensorsFile,
  smallWidths,
  type TorchOptions,
  torchLegacyFile,
  torchZipFile,
} from '../../../support/vgg16-files.ts'

const network = randomVgg16()
const withClassifier = randomVgg16(smallWidths, 1, 16)

/** What `add` makes of a file that lies anywhere in memory. */
async function convert(parts: Uint8Array[]): Promise<Uint8Array> {
  const file = Buffer.concat([Uint8Array.of(1), ...parts]).subarray(1)
  return writeSafetensors(await vgg16Tensors(await readTensors(bytesSource(file))), {})
}

const halves = new Map<string, StoredTensor>(
  [...network].map(([name, { shape, data }]) => [
    convName(name),
    { dtype: 'F16', shape, data: floatsToHalves(data) },
  ]),
)
const expected = writeSafetensors(halves, {})

const torch: Record<string, TorchOptions> = {
  'a state dict': {},
  'DataParallel names': { prefix: 'module.' },
  'a checkpoint': { wrapped: true },
  channels_last: { channelsLast: true },
  'a packed archive': { deflated: true },
  doubles: {
    storage: { name: 'DoubleStorage', encode: (data) => new Uint8Array(Float64Array.from(data).buffer) },
  },
  halves: { storage: { name: 'HalfStorage', encode: (data) => new Uint8Array(floatsToHalves(data).buffer) } },
}

const files: [string, Uint8Array[]][] = [
  ...Object.entries(torch).flatMap(([kind, options]): [string, Uint8Array[]][] => [
    [`PyTorch's zip, ${kind}`, torchZipFile(network, options)],
    [`PyTorch's older format, ${kind}`, torchLegacyFile(network, options)],
  ]),
  ["PyTorch's zip, with classifier", torchZipFile(withClassifier)],
  ["PyTorch's older format, with classifier", torchLegacyFile(withClassifier)],
  ["PyTorch's older format, as torchvision's file", torchLegacyFile(withClassifier, { of2017: true })],
  ['safetensors', safetensorsFile(network)],
  ['safetensors, with classifier', safetensorsFile(withClassifier)],
  ['safetensors, conv names, F16', [expected]],
  ['ONNX', onnxFile(network)],
  ['ONNX, with classifier', onnxFile(withClassifier)],
  ['ONNX, float_data', onnxFile(network, { data: 'float' })],
  ['ONNX, halves', onnxFile(network, { data: 'half', encodeHalf: floatsToHalves })],
]

test.each(files)('%s gives the same bytes', async (_, parts) => {
  expect(Buffer.compare(await convert(parts), expected)).toBe(0)
})

test('reads bfloat16', async () => {
  const upper = (data: Float32Array) =>
    Uint16Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length), (bits) => bits >>> 16)
  const truncated = new Map(
    [...network].map(([name, { shape, data }]) => [
      name,
      { shape, data: new Float32Array(Uint32Array.from(upper(data), (bits) => bits << 16).buffer) },
    ]),
  )
  const wanted = await convert(safetensorsFile(truncated))
  const storage = { name: 'BFloat16Storage', encode: (d: Float32Array) => new Uint8Array(upper(d).buffer) }
  expect(Buffer.compare(await convert(torchZipFile(network, { storage })), wanted)).toBe(0)
  const bf16 = new Map<string, StoredTensor>(
    [...network].map(([name, { shape, data }]) => [name, { dtype: 'F16', shape, data: upper(data) }]),
  )
  const file = Buffer.from(writeSafetensors(bf16, {}))
  // The writer knows no BF16: the same bytes under its name, the header as long as before.
  const end = 8 + Number(file.readBigUInt64LE(0))
  const header = file.toString('utf8', 8, end).replaceAll('"F16"', '"BF16"').trimEnd()
  const head = Buffer.from(header)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(head.length))
  expect(Buffer.compare(await convert([length, head, file.subarray(end)]), wanted)).toBe(0)
})

test('any widths', async () => {
  const wide = randomVgg16([3, 5, 7, 2, 11], 3)
  const tensors = await vgg16Tensors(await readTensors(bytesSource(Buffer.concat(onnxFile(wide)))))
  expect(
    [...tensors.values()].filter(({ shape }) => shape.length === 4).map(({ shape }) => shape[0]),
  ).toEqual([3, 3, 5, 5, 7, 7, 7, 2, 2, 2, 11, 11, 11])
})

test("the ONNX file is one that ONNX Runtime takes, so that this reader's idea of ONNX is not its own", async () => {
  const session = await InferenceSession.create(Buffer.concat(onnxFile(network)))
  const image = new OrtTensor('float32', new Float32Array(3 * 32 * 32).fill(1), [1, 3, 32, 32])
  const outputs = await session.run({ input: image })
  expect(Object.values(outputs)[0].dims).toEqual([1, 8, 1, 1])
})
