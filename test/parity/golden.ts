/** A golden case: numbers made by running the official functions, as a JSON manifest and a little-endian binary file. */

interface GoldenTensor {
  name: string
  dtype: 'float32' | 'int32' | 'uint8'
  shape: number[]
  byteOffset: number
}

/** What `<case>.json` holds. */
export interface GoldenManifest {
  case: string
  /** Name of the binary file beside it. */
  bin: string
  meta: Record<string, unknown>
  /** Single numbers, in float32 and float64. */
  scalars: Record<string, { f32: number; f64: number }>
  tensors: GoldenTensor[]
}

const arrays = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array }

export class Golden {
  readonly name: string
  readonly meta: Record<string, unknown>
  readonly names: readonly string[]
  readonly #manifest: GoldenManifest
  readonly #bytes: Uint8Array

  constructor(manifest: GoldenManifest, bytes: Uint8Array) {
    this.#manifest = manifest
    this.#bytes = bytes
    this.name = manifest.case
    this.meta = manifest.meta
    this.names = manifest.tensors.map(({ name }) => name)
  }

  /** A case may hold less than all that could be compared. */
  has(name: string): boolean {
    return this.names.includes(name)
  }

  float(name: string): Float32Array {
    return this.#read(name, 'float32') as Float32Array
  }

  int(name: string): Int32Array {
    return this.#read(name, 'int32') as Int32Array
  }

  bytes(name: string): Uint8Array {
    return this.#read(name, 'uint8') as Uint8Array
  }

  shape(name: string): number[] {
    return this.#find(name).shape
  }

  /** The float64 value. */
  scalar(name: string): number {
    const scalar = this.#manifest.scalars[name]
    if (!scalar) throw new Error(`The golden case ${this.name} has no number "${name}".`)
    return scalar.f64
  }

  number(name: string): number {
    const value = this.meta[name]
    if (typeof value !== 'number') throw new Error(`The golden case ${this.name} has no number meta.${name}.`)
    return value
  }

  numbers(name: string): number[] {
    const value = this.meta[name]
    if (!Array.isArray(value)) throw new Error(`The golden case ${this.name} has no list meta.${name}.`)
    return value
  }

  /** Names that begin with `prefix` and a number, by that number. */
  series(prefix: string): [number, string][] {
    return this.names
      .filter((name) => new RegExp(`^${prefix}\\d+$`).test(name))
      .map((name): [number, string] => [Number(name.slice(prefix.length)), name])
      .sort(([a], [b]) => a - b)
  }

  #find(name: string): GoldenTensor {
    const found = this.#manifest.tensors.find((tensor) => tensor.name === name)
    if (!found) throw new Error(`The golden case ${this.name} has no tensor "${name}".`)
    return found
  }

  #read(name: string, dtype: GoldenTensor['dtype']) {
    const tensor = this.#find(name)
    if (tensor.dtype !== dtype) {
      throw new Error(`${name} of the golden case ${this.name} holds ${tensor.dtype}; ${dtype} was expected.`)
    }
    const type = arrays[dtype]
    const length = tensor.shape.reduce((a, b) => a * b, 1)
    const end = tensor.byteOffset + length * type.BYTES_PER_ELEMENT
    if (end > this.#bytes.length) {
      throw new Error(
        `${name} of the golden case ${this.name} ends at byte ${end} of a file of ${this.#bytes.length}: copy it again.`,
      )
    }
    // A copy that starts at 0: the offset in the file need not be aligned.
    return new type(new Uint8Array(this.#bytes.subarray(tensor.byteOffset, end)).buffer)
  }
}
