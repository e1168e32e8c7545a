/** The neural networks of the capture: TensorFlow.js, loaded when first needed, on the best backend there is. */
import type { GraphModel } from '@tensorflow/tfjs-converter'
import type * as TensorFlow from '@tensorflow/tfjs-core'
import type { ModelStore } from '../../runtime/models.ts'

export type CaptureBackend = 'webgpu' | 'wasm'

export interface Networks {
  backend: CaptureBackend
  /**
   * Runs a network on one RGB image.
   * @param image size x size x 3
   * @returns outputs by node name, without the `:0`
   */
  run(id: string, image: Float32Array, size: number): Promise<Record<string, Float32Array>>
}

/** Builds of TensorFlow.js's WebAssembly that are used; their files have these names in the model `tfjs`. */
const builds = { simd: 'tfjs-backend-wasm-simd.wasm', plain: 'tfjs-backend-wasm.wasm' }

/** A module whose one function uses a vector instruction. */
const vectors = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
)

/** The file of `tfjs` that networks will load in this browser; null: none, they run on WebGPU. */
export async function tfjsFile(): Promise<string | null> {
  if (await hasWebgpu()) return null
  return WebAssembly.validate(vectors) ? builds.simd : builds.plain
}

const byStore = new WeakMap<ModelStore, Promise<Networks>>()

/** The networks of a store; started once. A start that fails is tried again at the next call. */
export function networks(store: ModelStore): Promise<Networks> {
  const known = byStore.get(store)
  if (known) return known
  const started = start(store)
  byStore.set(store, started)
  started.catch(() => byStore.delete(store))
  return started
}

async function start(store: ModelStore): Promise<Networks> {
  const tf = await import('@tensorflow/tfjs-core')
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter')
  const backend = (await useWebgpu(tf)) ? 'webgpu' : await useWasm(tf, store)
  const models = new Map<string, Promise<GraphModel>>()
  const load = (id: string) => {
    const known = models.get(id)
    if (known) return known
    const loading = store.load(id).then((files) => loadGraphModel(inMemory(files)))
    models.set(id, loading)
    loading.catch(() => models.delete(id))
    return loading
  }
  return {
    backend,
    async run(id, image, size) {
      const model = await load(id)
      const tensor = tf.tensor4d(image, [1, size, size, 3])
      const names = model.outputNodes
      const outputs = model.execute(tensor, names) as TensorFlow.Tensor | TensorFlow.Tensor[]
      const list = Array.isArray(outputs) ? outputs : [outputs]
      const data = await Promise.all(list.map((output) => output.data()))
      for (const used of [tensor, ...list]) used.dispose()
      return Object.fromEntries(names.map((name, i) => [name.replace(/:0$/, ''), data[i] as Float32Array]))
    },
  }
}

/** A graph model's files as the loader wants them: topology and one block of weights. */
function inMemory(files: Map<string, Uint8Array>) {
  const json = JSON.parse(new TextDecoder().decode(files.get('model.json')))
  const weights = files.get('model.bin')!
  return {
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group: { weights: object[] }) => group.weights),
      weightData: Uint8Array.from(weights).buffer,
      format: json.format,
      signature: json.signature,
      userDefinedMetadata: json.userDefinedMetadata,
    }),
  }
}

/** Adapters that compute on the CPU: slower there than WebAssembly. */
const softwareAdapter = /swiftshader|llvmpipe|lavapipe|software|basic render/i

async function hasWebgpu(): Promise<boolean> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu
  const adapter = await gpu?.requestAdapter().catch(() => null)
  // Older browsers do not tell what the adapter is: it may well be software.
  if (!adapter?.info) return false
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info as GPUAdapterInfo & {
    isFallbackAdapter?: boolean
  }
  return !isFallbackAdapter && !softwareAdapter.test([vendor, architecture, device, description].join(' '))
}

async function useWebgpu(tf: typeof TensorFlow): Promise<boolean> {
  if (!(await hasWebgpu())) return false
  await import('@tensorflow/tfjs-backend-webgpu')
  return tf.setBackend('webgpu').catch(() => false)
}

async function useWasm(tf: typeof TensorFlow, store: ModelStore): Promise<CaptureBackend> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  // The threaded build starts its workers from source text, which a strict content security policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // In Node the package finds its own files; in a browser they come verified from the store.
  if (!isNode) {
    const build = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? builds.simd : builds.plain
    const file = (await store.load('tfjs', undefined, [build])).get(build)!
    const address = URL.createObjectURL(new Blob([Uint8Array.from(file)], { type: 'application/wasm' }))
    // All are asked for by name, and only the one is loaded.
    setWasmPaths({
      'tfjs-backend-wasm.wasm': address,
      'tfjs-backend-wasm-simd.wasm': address,
      'tfjs-backend-wasm-threaded-simd.wasm': address,
    })
  }
  if (!(await tf.setBackend('wasm')))
    throw new Error(
      'TensorFlow.js could not start its WebAssembly backend: use a browser that runs WebAssembly, and reload the page.',
    )
  return 'wasm'
}

const isNode = typeof process !== 'undefined' && !!process.versions?.node
