import { expect, test } from 'vitest'
import { floatsToHalves } from '../../../../models/float16.ts'
import { writeSafetensors } from '../../../../models/safetensors.ts'
import { readTensors } from '../../../../models/weights/read.ts'
import { bytesSource } from '../../../../models/weights/source.ts'
import { readTorchPickle, stateDict } from '../../../../models/weights/torch-objects.ts'
import { UnusableFile } from '../../../../models/weights/unusable.ts'
import { vgg16Tensors } from '../../../../models/weights/vgg16.ts'
import {
  onnxFile,
  randomVgg16,
  safetensorsFile,
  torchLegacyFile,
  torchZipFile,
} from '../../../support/vgg16-files.ts'

// Damaged at random, a file is read or refused with a sentence: no other exception, no waiting, no gigabytes.

const network = randomVgg16([2, 2, 3, 3, 4])
const files = {
  'torch zip': torchZipFile(network),
  'torch zip, packed': torchZipFile(network, { deflated: true }),
  'torch legacy': torchLegacyFile(network),
  safetensors: safetensorsFile(network),
  ONNX: onnxFile(network),
  'ONNX, float_data': onnxFile(network, { data: 'float' }),
  'ONNX, halves': onnxFile(network, { data: 'half', encodeHalf: floatsToHalves }),
}

const convert = async (bytes: Uint8Array) =>
  writeSafetensors(await vgg16Tensors(await readTensors(bytesSource(bytes))), {})

/** The result, or undefined where the file was refused as it should be. */
async function attempt<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    expect(error.message).toMatch(/^[^\n]+: [^\n]+\.$/)
    return undefined
  }
}

/** Whole numbers below a limit, from a seed. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test.each(Object.entries(files))('%s, cut short anywhere', async (_, parts) => {
  const file = Buffer.concat(parts)
  const whole = await convert(file)
  const before = process.memoryUsage().rss
  for (let length = 0; length < file.length; length += length < 300 ? 7 : Math.ceil(file.length / 150)) {
    const found = await attempt(() => convert(file.subarray(0, length)))
    // Only what holds no weights may be missing.
    if (found) expect(Buffer.compare(found, whole)).toBe(0)
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29)
})

test.each(Object.entries(files))('%s, with a few bytes changed', async (kind, parts) => {
  const file = Buffer.concat(parts)
  const whole = await convert(file)
  const roll = dice(file.length)
  let refused = 0
  for (let round = 0; round < 400; round++) {
    const copy = Buffer.from(file)
    // Half of them near the ends, where the structure is.
    const near = roll(2) === 0 ? copy.length : Math.min(copy.length, 3000)
    for (let i = 0; i <= roll(3); i++) {
      const at = roll(near)
      copy[roll(2) === 0 ? at : copy.length - 1 - at] = roll(256)
    }
    const found = await attempt(() => convert(copy))
    if (!found) refused++
    // Checksums find any change that matters.
    else if (kind.startsWith('torch zip')) expect(Buffer.compare(found, whole)).toBe(0)
  }
  expect(refused).toBeGreaterThan(20)
})

test('pickles with bytes changed behind the checksum', async () => {
  const file = Buffer.concat(torchZipFile(network))
  const start = file.indexOf('\x80\x02', 0, 'latin1')
  const pickle = file.subarray(start, file.indexOf('PK\x07\x08', start, 'latin1'))
  const roll = dice(5)
  let refused = 0
  for (let round = 0; round < 3000; round++) {
    const copy = Buffer.from(pickle)
    for (let i = 0; i <= roll(4); i++) copy[roll(copy.length)] = roll(256)
    const found = await attempt(() => {
      const tensors = stateDict(
        readTorchPickle(copy).value,
        async ({ count }) => new Uint8Array(4 * Math.min(count, 1000)),
      )
      return vgg16Tensors(tensors)
    })
    if (!found) refused++
  }
  expect(refused).toBeGreaterThan(1000)
})

test('random programs of the opcodes that pickles may use', async () => {
  const opcodes = [
    ...[0x28, 0x28, 0x4e, 0x88, 0x89, 0x4b, 0x4d, 0x4a, 0x8a, 0x47, 0x58, 0x8c, 0x5d, 0x29, 0x7d, 0x74, 0x85],
    ...[0x86, 0x87, 0x61, 0x65, 0x73, 0x75, 0x71, 0x94, 0x68, 0x93, 0x51, 0x52, 0x62, 0x2e],
  ]
  const pieces = [
    'ccollections\nOrderedDict\n',
    'ctorch._utils\n_rebuild_tensor_v2\n',
    'ctorch\nFloatStorage\n',
    'X\x07\0\0\0storage',
    'X\x01\0\0\x000',
    '(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x01\0\0\x00cK\x09tQ',
  ].map((piece) => [...Buffer.from(piece, 'latin1')])
  const roll = dice(11)
  let read = 0
  for (let round = 0; round < 20000; round++) {
    const program: number[] = [0x80, 2]
    for (let i = roll(40); i >= 0; i--) {
      if (roll(3) === 0) program.push(...pieces[roll(pieces.length)])
      else program.push(opcodes[roll(opcodes.length)])
      if (roll(3) === 0) program.push(roll(4))
    }
    program.push(0x2e)
    const found = await attempt(async () => {
      const { value } = readTorchPickle(Uint8Array.from(program))
      const tensors = await attempt(() =>
        stateDict(value, async ({ count }) => new Uint8Array(4 * Math.min(count, 1000))),
      )
      for (const tensor of tensors?.values() ?? []) await attempt(() => tensor.values())
      return true
    })
    if (found) read++
  }
  expect(read).toBeGreaterThan(500)
})
