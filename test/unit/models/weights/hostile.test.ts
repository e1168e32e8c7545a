import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { writeSafetensors } from '../../../../models/safetensors.ts'
import { readTensors } from '../../../../models/weights/read.ts'
import { bytesSource } from '../../../../models/weights/source.ts'
import { UnusableFile } from '../../../../models/weights/unusable.ts'
import { vgg16Tensors } from '../../../../models/weights/vgg16.ts'
import {
  onnxFile,
  Pickler,
  randomVgg16,
  safetensorsFile,
  type Tensor,
  torchLegacyFile,
  torchZipFile,
  zip,
} from '../../../support/vgg16-files.ts'

const network = randomVgg16()

async function refusal(file: Uint8Array | Uint8Array[]): Promise<string> {
  const bytes = Buffer.concat(file instanceof Uint8Array ? [file] : file)
  try {
    await vgg16Tensors(await readTensors(bytesSource(bytes)))
  } catch (error) {
    expect(error).toBeInstanceOf(UnusableFile)
    return (error as Error).message
  }
  throw new Error('The file was not refused.')
}

const changed = (change: (tensors: Map<string, Tensor>) => void) => {
  const tensors = new Map(
    [...network].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  )
  change(tensors)
  return tensors
}
const text = (value: string) => new TextEncoder().encode(value)
/** A PyTorch archive around a pickle. */
const torch = (pickle: Uint8Array, ...more: [string, Uint8Array][]) => zip([['x/data.pkl', pickle], ...more])
const asciiPickle = (body: string) => Uint8Array.from([0x80, 2, ...text(body), 0x2e])

describe('networks that are not VGG16', () => {
  test.each<[string, Uint8Array[], RegExp]>([
    [
      'a missing bias',
      safetensorsFile(changed((t) => t.delete('features.12.bias'))),
      /^has no tensor conv3_2\.bias \(nor features\.12\.bias\)/,
    ],
    [
      'a misfit',
      torchZipFile(changed((t) => t.set('features.10.weight', t.get('features.12.weight')!))),
      /^has conv3_1\.weight of shape \[6,6,3,3\] where \[any, 4, 3, 3\] was expected/,
    ],
    [
      'another first width',
      onnxFile(changed((t) => t.set('features.0.weight', t.get('features.2.weight')!))),
      /^has conv1_1\.weight of shape \[4,4,3,3\] where \[any, 3, 3, 3\] was expected/,
    ],
    [
      'no number',
      safetensorsFile(changed((t) => t.get('features.5.weight')!.data.fill(Number.NaN, 9, 10))),
      /^has values in conv2_1\.weight that are no finite numbers/,
    ],
    [
      'infinity',
      torchLegacyFile(changed((t) => t.get('features.28.bias')!.data.fill(Number.POSITIVE_INFINITY))),
      /^has values in conv5_3\.bias that are no finite numbers/,
    ],
    [
      'a number beyond float16',
      onnxFile(changed((t) => t.get('features.28.bias')!.data.fill(-70000))),
      /^has the value -70000 in conv5_3\.bias, beyond float16's range of -65504 to 65504/,
    ],
    [
      'an ONNX file with pools elsewhere',
      onnxFile(network, { poolsAfter: [1, 3, 7, 11] }),
      /CCPCCPCCCCPCCCCPC/,
    ],
    [
      'an ONNX file with data elsewhere',
      onnxFile(network, { data: 'external' }),
      /keeps conv1_1\.weight in another/,
    ],
    [
      'an ONNX file without a bias',
      onnxFile(changed((t) => t.delete('features.2.bias'))),
      /convolution 2 has no stored bias/,
    ],
  ])('%s', async (_, file, sentence) => {
    expect(await refusal(file)).toMatch(sentence)
    expect(await refusal(file)).toMatch(/: [^:]+\.$/)
  })

  test('one that is too large', async () => {
    const entry = (shape: number[]) => ({ dtype: 'F32', shape, data_offsets: [0, 0] })
    const header = (shapes: Record<string, number[]>) => {
      const named = Object.entries(shapes).map(([name, shape]) => [name, entry(shape)])
      const json = Buffer.from(JSON.stringify(Object.fromEntries(named)))
      const length = Buffer.alloc(8)
      length.writeBigUInt64LE(BigInt(json.length))
      return [length, json]
    }
    const shapes: Record<string, number[]> = {}
    for (const [name, { shape }] of network)
      shapes[name] = shape.map((side, i) => (i > 1 || side === 3 ? side : 1000))
    shapes['features.0.weight'] = [1000, 3, 3, 3]
    expect(await refusal(header(shapes))).toMatch(/^has [0-9]+ values, more than 67108864/)
    shapes['features.0.weight'] = [2 ** 40, 3, 3, 3]
    shapes['features.0.bias'] = [2 ** 40]
    shapes['features.2.weight'] = [1000, 2 ** 40, 3, 3]
    expect(await refusal(header(shapes))).toMatch(/at most 16777216 values/)
  })
})

describe('pickles', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['a call of the system', asciiPickle('cposix\nsystem\n(X\x05\0\0\0touchtR'), /uses "posix\.system"/],
    [
      'a whole model',
      asciiPickle('ctorchvision.models.vgg\nVGG\n)\x81'),
      /uses "torchvision\.models\.vgg\.VGG"/,
    ],
    ['builtins', asciiPickle('c__builtin__\neval\n(X\x01\0\0\x001tR'), /uses "__builtin__\.eval"/],
    [
      'another kind of tensor',
      asciiPickle('ctorch._utils\n_rebuild_qtensor\n(tR'),
      /uses "torch\._utils\._rebuild_qtensor"/,
    ],
    ['a call of a storage', asciiPickle('ctorch\nFloatStorage\n)R'), /calls a storage/],
    ['a call of a string', asciiPickle('X\x01\0\0\0x)R'), /calls what can't be called/],
    ['an old opcode', asciiPickle("(S'x'\ni__main__\nX\n"), /opcode 0x53/],
    ['no dictionary', asciiPickle('K\x01'), /holds no dictionary of tensors/],
    ['an empty stack', asciiPickle('R'), /empty stack/],
    ['no end of a list', asciiPickle('t'), /ends a list that never began/],
    ['what was never kept', asciiPickle('h\x07'), /never kept/],
    ['a long string', Uint8Array.of(0x80, 2, 0x58, 255, 255, 255, 255, 0x2e), /breaks off/],
    ['a huge number', Uint8Array.of(0x80, 2, 0x8a, 200, 0x2e), /number of 200 bytes/],
  ])('%s', async (_, pickle, sentence) => {
    expect(await refusal(torch(pickle))).toMatch(sentence)
  })

  test('a name on the stack', async () => {
    const pickle = [0x80, 4, 0x8c, 2, ...text('os'), 0x8c, 6, ...text('system'), 0x93, 0x29, 0x52, 0x2e]
    expect(await refusal(torch(Uint8Array.from(pickle)))).toMatch(
      /uses "os\.system".*state_dict\(\), FILE\)\.$/,
    )
    const nested = [0x80, 4, ...Array(5000).fill(0x5d), ...Array(4999).fill(0x61), 0x8c, 1, 65, 0x93, 0x2e]
    expect(await refusal(torch(Uint8Array.from(nested)))).toMatch(/a name that is no text/)
  })

  test('a dictionary of pairs, as Python 2 makes it, but not of the same million again and again', async () => {
    const ofPairs = (pairs: number, times: number) => {
      const out = new Pickler().global('collections', 'OrderedDict').raw(0x5d).put().raw(0x28)
      for (let i = 0; i < pairs; i++) out.tuple([i, i])
      out.raw(0x65, 0x85).put()
      const dictionary = [0x68, 0, 0x6a, ...new Uint8Array(Uint32Array.of(2 + pairs).buffer), 0x52]
      return out.raw(...Array(times).fill(dictionary).flat()).finish()
    }
    expect(await refusal(torch(ofPairs(100, 2)))).toMatch(/^has no tensor conv1_1\.weight/)
    expect(await refusal(torch(ofPairs(5000, 3)))).toMatch(/dictionary of no pairs/)
  })

  /** A state dict of one tensor of a storage of four floats. */
  const view = async (offset: number, shape: number[], strides: number[], count = 4) => {
    const out = new Pickler().raw(0x7d, 0x28).string('features.0.weight')
    out.global('torch._utils', '_rebuild_tensor_v2').raw(0x28, 0x28).string('storage')
    out.global('torch', 'FloatStorage').string('0').string('cpu').int(count).raw(0x74, 0x51).int(offset)
    out.tuple(shape).tuple(strides).raw(0x89, 0x7d, 0x74, 0x52, 0x75)
    const tensors = await readTensors(
      bytesSource(
        Buffer.concat(torch(out.finish(), ['x/data/0', new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)])),
      ),
    )
    return tensors.get('features.0.weight')!.values()
  }

  test('a tensor stays within its storage', async () => {
    expect([...(await view(1, [3], [1]))]).toEqual([2, 3, 4])
    expect([...(await view(0, [2, 2], [1, 2]))]).toEqual([1, 3, 2, 4])
    expect([...(await view(2, [2, 2], [0, 1]))]).toEqual([3, 4, 3, 4])
    await expect(view(2, [3], [1])).rejects.toThrow(/reaches value 4 of a storage of 4/)
    await expect(view(0, [2, 2], [3, 1])).rejects.toThrow(/reaches value 4/)
    await expect(view(0, [1000, 1000, 1000], [0, 0, 0])).rejects.toThrow(/at most/)
    await expect(view(0, [5], [1], 5)).rejects.toThrow(/has 16 bytes for 5 values/)
    await expect(view(0, [2], [1, 1])).rejects.toThrow(/shape and strides/)
  })
})

describe('zip archives', () => {
  const whole = Buffer.concat(torchZipFile(network))
  const directory = whole.lastIndexOf('PK\x01\x02', undefined, 'latin1')
  const patched = (at: number, ...bytes: number[]) => {
    const copy = Buffer.from(whole)
    copy.set(bytes, at)
    return copy
  }
  const first = whole.indexOf('PK\x01\x02', 0, 'latin1')

  test.each<[string, Uint8Array | Uint8Array[], RegExp]>([
    ['without its end', whole.subarray(0, whole.length - 30), /truncated zip archive/],
    [
      'without its begin',
      Buffer.concat([whole.subarray(0, 4), whole.subarray(1000)]),
      /zip archive|truncated or damaged/,
    ],
    ['a broken directory', patched(directory, 0), /directory breaks off/],
    ['encrypted', patched(first + 8, 1), /archive\/data\.pkl in it is encrypted/],
    ['an unknown method', patched(first + 10, 99), /packed by method 99/],
    ['a huge pickle', patched(first + 20, 0, 0, 0, 64, 0, 0, 0, 64), /claims 1073741824 bytes, more than/],
    ['another checksum', patched(first + 16, 1, 2, 3, 4), /fails its checksum/],
    [
      'twice the same name',
      zip([
        ['a', text('1')],
        ['a', text('2')],
      ]),
      /holds a twice/,
    ],
    ['of something else', zip([['word/document.xml', text('<xml/>')]]), /no PyTorch weights in it/],
    ['big-endian', torch(asciiPickle('}'), ['x/byteorder', text('big')]), /big-endian/],
  ])('%s', async (_, file, sentence) => {
    expect(await refusal(file)).toMatch(sentence)
  })

  test('a bomb is not unpacked beyond what it claims', async () => {
    // 64 MB of zeros that claim to be 300 kB.
    const packed = deflateRawSync(new Uint8Array(2 ** 26))
    const claimed = Buffer.concat(zip([['x/data.pkl', new Uint8Array(300_000)]], true))
    const small = deflateRawSync(new Uint8Array(300_000))
    expect(packed.length).toBeGreaterThan(small.length)
    const start = claimed.indexOf(small)
    const end = claimed.indexOf('PK\x01\x02', start, 'latin1')
    const bomb = Buffer.concat([claimed.subarray(0, start), packed, claimed.subarray(start + small.length)])
    const moved = end + packed.length - small.length
    bomb.writeUInt32LE(packed.length, moved + 20)
    // The end records still point to where the directory was.
    const end64 = bomb.lastIndexOf('PK\x06\x06', undefined, 'latin1')
    bomb.writeBigUInt64LE(BigInt(moved), end64 + 48)
    bomb.writeBigUInt64LE(BigInt(end64), end64 + 56 + 8)
    bomb.writeUInt32LE(moved, end64 + 56 + 20 + 16)
    const before = process.memoryUsage().arrayBuffers
    expect(await refusal(bomb)).toMatch(/can't be unpacked into its 300000 bytes/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24)
  })
})

describe('other files', () => {
  const header = (json: string) => {
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(json.length))
    return Buffer.concat([length, Buffer.from(json)])
  }
  const safetensors = Buffer.concat(safetensorsFile(network))
  const legacy = Buffer.concat(torchLegacyFile(network))
  const onnx = Buffer.concat(onnxFile(network))
  const tar = Buffer.alloc(1024)
  tar.write('ustar', 257)
  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(0), /^is empty/],
    ['text', text('not weights, but some text'), /neither .* begins with the bytes 6e 6f 74 20/],
    ['a page', text('<!DOCTYPE html><html></html>'), /neither/],
    ['a tar archive', tar, /tar archive.*torch\.save\(torch\.load\(FILE\), NEW_FILE\)/],
    ['another pickle', asciiPickle('K\x01'), /no PyTorch file/],
    ['an older PyTorch file cut short', legacy.subarray(0, legacy.length - 1), /^is truncated/],
    ['an older PyTorch file of too many counts', patchedCount(legacy), /count of storage/],
    ['safetensors cut short', safetensors.subarray(0, safetensors.length - 9), /no whole safetensors file/],
    ['safetensors with a long header', header('{"a":1}').fill(255, 0, 3), /header of 16777215 bytes/],
    ['safetensors with no JSON', header('{"a"'.padEnd(20)), /damaged safetensors/],
    [
      'safetensors with no tensors',
      header('{"a":{"dtype":"F32","shape":[1e99],"data_offsets":[0]}}'),
      /damaged safe/,
    ],
    ['ONNX cut short', onnx.subarray(0, onnx.length / 2), /damaged or truncated ONNX file/],
    ['ONNX of no network', Uint8Array.of(8, 8), /no ONNX file of a convolutional network/],
  ])('%s', async (_, file, sentence) => {
    expect(await refusal(file)).toMatch(sentence)
  })

  function patchedCount(file: Buffer): Buffer {
    const copy = Buffer.from(file)
    const bias = 8 * 4
    copy.writeBigInt64LE(9n, copy.length - bias - 8)
    return copy
  }

  test('safetensors of another type, or of a range that does not fit', async () => {
    const tensors = new Map([...network].map(([name, t]) => [name, { dtype: 'F32' as const, ...t }]))
    const file = Buffer.from(writeSafetensors(tensors, {}))
    const renamed = file.toString('latin1').replace('"dtype":"F32"', '"dtype":"I32"')
    expect(await refusal(Buffer.from(renamed, 'latin1'))).toMatch(/^stores features\.0\.weight as I32 where/)
    const range = file.toString('latin1').replace('"data_offsets":[0,432]', '"data_offsets":[0,428]')
    expect(await refusal(Buffer.from(range, 'latin1'))).toMatch(
      /features\.0\.weight, F32 \[4,3,3,3\], claims bytes 0 to 428/,
    )
  })

  test('an ONNX file of millions of fields ends soon', async () => {
    const start = performance.now()
    const fields = new Uint8Array(2 ** 24).fill(8)
    expect(await refusal(fields)).toMatch(/more than 100000 fields/)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
