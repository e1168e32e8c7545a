import { expect, it } from 'vitest'
import { readWeights } from '../../../client/refine/weights.ts'

/** A safetensors file of one tensor `a.weight`. */
function file(dtype: string, shape: number[], bytes: number[], metadata = {}): Uint8Array {
  const entry = { dtype, shape, data_offsets: [0, bytes.length] }
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, 'a.weight': entry }))
  const length = new Uint8Array(new BigUint64Array([BigInt(header.length)]).buffer)
  return Uint8Array.of(...length, ...header, ...bytes)
}
const values = (bytes: Uint8Array) => [...readWeights(bytes).tensors.get('a.weight')!.data]

it('reads F32, F16 and quantised U8', () => {
  expect(values(file('F32', [2], [0, 0, 128, 63, 0, 0, 0, 192]))).toEqual([1, -2])
  // 1, -2, the smallest subnormal, infinity.
  const halves = [0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c]
  expect(values(file('F16', [4], halves))).toEqual([1, -2, 2 ** -24, Number.POSITIVE_INFINITY])
  expect(values(file('U8', [2], [0, 4], { 'a.scale': '0.5', 'a.min': '-1' }))).toEqual([-1, 1])
})

it("reads out of Node's buffers, where tensors are not aligned", () => {
  const bytes = file('F16', [3], [0, 0x3c, 0, 0xc0, 0, 0x38])
  for (let shift = 0; shift < 4; shift++) {
    const moved = Buffer.concat([new Uint8Array(shift), bytes]).subarray(shift)
    expect(values(moved)).toEqual([1, -2, 0.5])
  }
})

it('names what is damaged', () => {
  const whole = file('F32', [2], [0, 0, 0, 0, 0, 0, 0, 0])
  expect(() => readWeights(whole.subarray(0, whole.length - 1))).toThrow('damaged: a.weight (F32 [2])')
  expect(() => readWeights(whole.subarray(0, 20))).toThrow('not safetensors')
  expect(() => readWeights(file('F32', [3], [0, 0, 0, 0]))).toThrow('damaged: a.weight')
  expect(() => readWeights(file('U8', [1], [1]))).toThrow('no scale or min')
  expect(() => readWeights(file('toString', [1], [1]))).toThrow('damaged: a.weight')
  expect(() => readWeights(file('F32', [-1, -1], [0, 0, 0, 0]))).toThrow(
    'gives a.weight no type, shape and range',
  )
  const garbled = file('F32', [1], [0, 0, 0, 0])
  garbled[9] = 0x7b
  expect(() => readWeights(garbled)).toThrow('its header is no JSON')
})

it('shares no byte out twice', () => {
  const entry = { dtype: 'U8', shape: [4], data_offsets: [0, 4] }
  const names = Array.from({ length: 1000 }, (_, i) => [`t${i}.weight`, entry])
  const metadata = Object.fromEntries(
    names.flatMap((_, i) => [
      [`t${i}.scale`, '1'],
      [`t${i}.min`, '0'],
    ]),
  )
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(names) }),
  )
  const length = new Uint8Array(new BigUint64Array([BigInt(header.length)]).buffer)
  expect(() => readWeights(Uint8Array.of(...length, ...header, 1, 2, 3, 4))).toThrow(
    'its tensors claim more than its 4 bytes',
  )
})
