import { ModelError, type ModelStore, modelUrl } from './models.ts'
import { ortRuntime } from './ort.ts'
import { Queue } from './queue.ts'
import type { WhyCpu } from './runs-on.ts'
import type { Runtime } from './runtime.ts'

/** onnxruntime-web's three WebAssembly builds: CPU only, WebGPU through JSPI, WebGPU through asyncify. */
export type OrtBuild = 'wasm' | 'jspi' | 'asyncify'

/** Address of `ort-wasm-simd-threaded[.jspi|.asyncify].wasm`; asked for the one build that is needed. */
export type WasmPaths = (build: OrtBuild) => string | Promise<string>

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
  wasmPaths: WasmPaths
  threads?: number
  why?: WhyCpu
}): Promise<Runtime> {
  const ort = await import('onnxruntime-web/wasm')
  if (threadsStarted === null) {
    ort.env.wasm.wasmPaths = { wasm: await options.wasmPaths('wasm') }
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

/** Addresses of the builds that the worker serves, as the manifest names them. */
export function servedWasm(store: Pick<ModelStore, 'manifest'>): WasmPaths {
  return async (build) => {
    const suffix = build === 'wasm' ? '.wasm' : `.${build}.wasm`
    const { models } = await store.manifest()
    const file = models
      .flatMap(({ files }) => files)
      .find(({ file }) => file === `ort/ort-wasm-simd-threaded${suffix}`)
    if (!file)
      throw new ModelError(
        'missing',
        `The manifest has no ort/ort-wasm-simd-threaded${suffix}: run npm run models.`,
        { file: `ort/ort-wasm-simd-threaded${suffix}` },
      )
    return modelUrl(file)
  }
}
