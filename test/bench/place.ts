import type { ModelStore } from '../../client/runtime/models.ts'
import type { Provider, Runtime } from '../../client/runtime/runtime.ts'

/** Where a benchmark computes: a provider, the files that it loads, and what can be read off it. */
export interface Place {
  runtime: Runtime
  store: ModelStore
  meter: Meter
}

export interface Meter {
  /**
   * The most that was held so far, MB: of the whole process (node), of all WebAssembly memories (wasm), in buffers (webgpu).
   */
  peakMb(): number
  /** What is held now, MB, by what holds it. */
  heldMb(): Record<string, number>
  /** What the device was given to do so far; null where there is none. */
  device(): DeviceWork | null
  /** Milliseconds of computing so far, of all threads together; null where nobody tells. */
  cpuMs(): number | null
}

/** Of a GPU, counted since it was opened. */
export interface DeviceWork {
  dispatches: number
  /** MB of the buffers that they were bound to, each as often as it was. */
  boundMb: number
  /** Buffers alive. */
  buffers: number
}

/** What a benchmark is asked to do in a place; plain data, for it may be another process. */
export interface PlaceRequest {
  provider: Provider
  /** Default: the provider's own. */
  threads?: number
}

export const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10
