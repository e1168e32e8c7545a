/** Where step graphs run. One interface, one file per place: node.ts, wasm.ts, webgpu.ts. */

import type { RunsOn } from './runs-on.ts'

export type Provider = 'webgpu' | 'wasm' | 'node'

/** A tensor in host memory. int64 data travels as BigInt64Array. */
export interface HostTensor {
  type: 'float32' | 'int32' | 'int64' | 'bool' | 'uint8'
  dims: readonly number[]
  data: Float32Array | Int32Array | BigInt64Array | Uint8Array
}

/** A tensor that the runtime holds, on the device where there is one. Dispose it exactly once. */
export interface Value {
  readonly type: HostTensor['type']
  readonly dims: readonly number[]
  /** Copies the data to host memory. */
  read(): Promise<HostTensor['data']>
  dispose(): void
}

export interface Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /**
   * Runs the graph once. Feeds are Values of the same runtime (left alive) or host tensors.
   * Outputs belong to the caller. Runs of one session must not overlap; one that rejects leaves later runs usable.
   */
  run(feeds: Readonly<Record<string, Value | HostTensor>>): Promise<Record<string, Value>>
  release(): Promise<void>
}

export interface Runtime {
  readonly provider: Provider
  /** What runs and why there, as data and as one English sentence ("CPU with 2 threads: this browser has no WebGPU."). */
  readonly runsOn: RunsOn
  readonly reason: string
  upload(tensor: HostTensor): Promise<Value>
  /** `onHost` names outputs wanted in host memory at once (losses); all others stay on the device. */
  session(model: Uint8Array, options?: { onHost?: readonly string[] }): Promise<Session>
  dispose(): Promise<void>
}

/** The device was lost (driver reset, tab in background, out of memory): make a new runtime and go on from a checkpoint. */
export class DeviceLostError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DeviceLostError'
  }
}
