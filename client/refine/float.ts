import type { HostTensor } from '../runtime/runtime.ts'

/** A float32 host tensor. One of its dimensions may be -1, and then follows from the data's length. */
export function float(data: Float32Array, dims: readonly number[]): HostTensor {
  const known = dims.reduce((product, dim) => (dim < 0 ? product : product * dim), 1)
  return { type: 'float32', dims: dims.map((dim) => (dim < 0 ? data.length / known : dim)), data }
}
