import { adapterName, requestAdapter, webgpuBuild } from './adapter.ts'
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
const SMALLEST_BINDING = 128 * 1024 * 1024

/**
 * The best runtime of this browser: WebGPU on a real adapter, else the CPU. Its `reason` says what runs and why, also
 * where WebGPU was there but did not start. Works in a page and in a worker; nothing is loaded before it is needed.
 *
 * @throws Error where not even the CPU provider starts.
 */
export async function chooseRuntime({
  wasmFiles,
  prefer,
  allowSoftware = false,
}: ChooseOptions): Promise<Runtime> {
  const why = prefer === 'wasm' ? 'WebGPU was not asked for' : await whyNotWebGpu(allowSoftware)
  if (why === null) {
    const { webgpuRuntime } = await import('./webgpu.ts')
    try {
      return await webgpuRuntime({ wasmFiles })
    } catch (error) {
      return cpu(wasmFiles, `WebGPU did not start (${error instanceof Error ? error.message : error})`)
    }
  }
  return cpu(wasmFiles, why)
}

/** The build that {@link chooseRuntime} will ask for, as far as can be told before anything is loaded. */
export async function likelyBuild(): Promise<OrtBuild> {
  return (await whyNotWebGpu(false)) === null ? webgpuBuild() : 'wasm'
}

async function cpu(wasmFiles: WasmFiles, why: string): Promise<Runtime> {
  const [{ wasmRuntime }, { probe }] = await Promise.all([import('./wasm.ts'), import('./probe.ts')])
  const runtime = await wasmRuntime({ wasmFiles, why })
  try {
    await probe(runtime)
  } catch (cause) {
    // onnxruntime does not try again to load what it could not load once.
    throw new Error('The computation did not start: check the connection and load the page again.', { cause })
  }
  return runtime
}

/** Half a sentence, or null where WebGPU is worth trying. */
async function whyNotWebGpu(allowSoftware: boolean): Promise<string | null> {
  if (!navigator.gpu) return 'this browser has no WebGPU'
  const adapter = await requestAdapter()
  if (!adapter) return 'this browser has no WebGPU adapter'
  const name = adapterName(adapter.info)
  if (!allowSoftware && isSoftware(adapter.info)) {
    return `the only WebGPU adapter is ${name}, which computes in software and is slower than the CPU`
  }
  const binding = adapter.limits.maxStorageBufferBindingSize
  if (binding < SMALLEST_BINDING) {
    return `the WebGPU adapter ${name} allows buffers of ${binding} bytes, and ${SMALLEST_BINDING} are needed`
  }
  return null
}

/** SwiftShader, Mesa's llvmpipe and Windows' WARP; not every browser marks them as fallback adapters. */
function isSoftware(info: GPUAdapterInfo): boolean {
  const text = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(text)
}
