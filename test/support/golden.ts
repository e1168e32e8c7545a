/** Reader of golden cases: numbers made by running the official functions (a JSON manifest and a binary file a case). */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const DIRECTORY = new URL('../../../shared/golden', import.meta.url).pathname

export const hasGolden = existsSync(DIRECTORY)

interface GoldenTensor {
  name: string
  dtype: 'float32' | 'int32' | 'uint8'
  shape: number[]
  byteOffset: number
}

export interface Golden {
  meta: Record<string, unknown>
  scalars: Record<string, { f32: number; f64: number }>
  float(name: string): Float32Array
  int(name: string): Int32Array
  bytes(name: string): Uint8Array
  shape(name: string): number[]
}

export function readGolden(name: string): Golden {
  const manifest = JSON.parse(readFileSync(join(DIRECTORY, `${name}.json`), 'utf8'))
  const file = readFileSync(join(DIRECTORY, manifest.bin))
  const find = (tensor: string): GoldenTensor => {
    const found = manifest.tensors.find((t: GoldenTensor) => t.name === tensor)
    if (!found) throw new Error(`${name} has no tensor "${tensor}"`)
    return found
  }
  const size = (t: GoldenTensor) => t.shape.reduce((a, b) => a * b, 1)
  const copy = (t: GoldenTensor, width: number) => {
    const start = file.byteOffset + t.byteOffset
    return file.buffer.slice(start, start + size(t) * width) as ArrayBuffer
  }
  return {
    meta: manifest.meta,
    scalars: manifest.scalars,
    float: (t) => new Float32Array(copy(find(t), 4)),
    int: (t) => new Int32Array(copy(find(t), 4)),
    bytes: (t) => new Uint8Array(copy(find(t), 1)),
    shape: (t) => find(t).shape,
  }
}

/** |a - b| / |b| */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`lengths differ: ${a.length} and ${b.length}`)
  let difference = 0
  let norm = 0
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2
    norm += b[i] ** 2
  }
  return Math.sqrt(difference / norm)
}
