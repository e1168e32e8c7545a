import { adapterName, requestAdapter, webgpuBuild } from './adapter.ts'
import { ModelError } from './models.ts'
import type { WhyCpu } from './runs-on.ts'
import type { Provider, Runtime } from './runtime.ts'
import type { OrtBuild, WasmFiles } from './wasm.ts'

export interface ChooseOptions {
  wasmFiles: WasmFiles
  /** `wasm` keeps off the GPU. Default: WebGPU where it is worth it. */
  prefer?: Exclude<Provider, 'node'>
  /** Take a WebGPU adapter that computes on the CPU, for tests: it is slower than the CPU provider. */
  allowSoftware?: boolean
}

/** Bytes in one storage buffer: WebGPU's default, below which the wide layers of a backbone do not fit. */
const smallestBinding = 128 * 1024 * 1024

/**
 * The best runtime of this browser: WebGPU on a real adapter, else the CPU. Its `reason` says what runs and why, also
 * where WebGPU was there but did not start. Works in a page and in a worker; nothing is loaded before it is needed.
 *
 * @throws ModelError `not-started` where not even the CPU provider starts.
 */
export async function chooseRuntime({
  wasmFiles,
  prefer,
  allowSoftware = false,
}: ChooseOptions): Promise<Runtime> {
  const why: WhyCpu | null = prefer === 'wasm' ? { code: 'not-asked' } : await whyNotWebGpu(allowSoftware)
  if (why === null) {
    const { webgpuRuntime } = await import('./webgpu.ts')
    try {
      return await webgpuRuntime({ wasmFiles })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return cpu(wasmFiles, { code: 'did-not-start', message })
    }
  }
  return cpu(wasmFiles, why)
}

/** The build that {@link chooseRuntime} will ask for, as far as can be told before anything is loaded. */
export async function likelyBuild(): Promise<OrtBuild> {
  return (await whyNotWebGpu(false)) === null ? webgpuBuild() : 'wasm'
}

async function cpu(wasmFiles: WasmFiles, why: WhyCpu): Promise<Runtime> {
  const [{ wasmRuntime }, { probe }] = await Promise.all([import('./wasm.ts'), import('./probe.ts')])
  const runtime = await wasmRuntime({ wasmFiles, why })
  try {
    await probe(runtime)
  } catch (cause) {
    // onnxruntime does not try again to load what it could not load once.
    const message = 'The computation did not start: check the connection and load the page again.'
    throw Object.assign(new ModelError('not-started', message), { cause })
  }
  return runtime
}

/** null where WebGPU is worth trying. */
async function whyNotWebGpu(allowSoftware: boolean): Promise<WhyCpu | null> {
  if (!navigator.gpu) return { code: 'no-webgpu' }
  const adapter = await requestAdapter()
  if (!adapter) return { code: 'no-adapter' }
  const name = adapterName(adapter.info)
  if (!allowSoftware && isSoftware(adapter.info)) return { code: 'software', adapter: name }
  const bytes = adapter.limits.maxStorageBufferBindingSize
  if (bytes >= smallestBinding) return null
  return { code: 'small-buffers', adapter: name, bytes, needed: smallestBinding }
}

/** SwiftShader, Mesa's llvmpipe and Windows' WARP; not every browser marks them as fallback adapters. */
function isSoftware(info: GPUAdapterInfo): boolean {
  const text = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(text)
}
