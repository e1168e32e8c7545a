import type * as Ort from 'onnxruntime-web'
import type { ModelStore } from './models.ts'
import { ortRuntime } from './ort.ts'
import { Queue } from './queue.ts'
import type { WhyCpu } from './runs-on.ts'
import type { Runtime } from './runtime.ts'

/** onnxruntime-web's three WebAssembly builds: CPU only, WebGPU through JSPI, WebGPU through asyncify. */
export type OrtBuild = 'wasm' | 'jspi' | 'asyncify'

/** `ort-wasm-simd-threaded[.jspi|.asyncify].wasm`, its address or its bytes; asked for the one build that is needed. */
export type WasmFiles = (build: OrtBuild) => string | Uint8Array | Promise<string | Uint8Array>

const queue = new Queue()
/** The module starts its threads once; every later runtime of the page has the same. */
let threadsStarted: number | null = null

/**
 * onnxruntime-web on the CPU, in WebAssembly.
 *
 * @param options.threads Default: the number of cores, at most 8. Always 1 where the page is not cross-origin isolated,
 *   and the number that the first runtime started with where there is one.
 * @param options.why Why the CPU.
 */
export async function wasmRuntime(options: {
  wasmFiles: WasmFiles
  threads?: number
  why?: WhyCpu
}): Promise<Runtime> {
  const ort = await import('onnxruntime-web/wasm')
  if (threadsStarted === null) {
    giveWasm(ort, await options.wasmFiles('wasm'))
    threadsStarted = crossOriginIsolated ? (options.threads ?? Math.min(navigator.hardwareConcurrency, 8)) : 1
    ort.env.wasm.numThreads = threadsStarted
  }
  return ortRuntime({
    provider: 'wasm',
    runsOn: { on: 'cpu', by: 'WebAssembly', threads: threadsStarted, why: options.why },
    ort,
    queue,
    options: { executionProviders: ['wasm'] },
  })
}

/** Tells onnxruntime where its WebAssembly is, before its first session. */
export function giveWasm({ env }: Pick<typeof Ort, 'env'>, file: string | Uint8Array): void {
  if (typeof file === 'string') env.wasm.wasmPaths = { wasm: file }
  else env.wasm.wasmBinary = file
}

/** Name of a build's file in the model `ort`. */
export const wasmFileName = (build: OrtBuild) =>
  `ort-wasm-simd-threaded${build === 'wasm' ? '' : `.${build}`}.wasm`

/** The builds out of a store, like any model file: verified, and kept for the next visit. */
export function storedWasm(store: Pick<ModelStore, 'load'>): WasmFiles {
  return async (build) => {
    const name = wasmFileName(build)
    return (await store.load('ort', undefined, [name])).get(name)!
  }
}
