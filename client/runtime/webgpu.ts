import type * as Ort from 'onnxruntime-web'
import { adapterName, requestAdapter, webgpuBuild } from './adapter.ts'
import { WebGpuDevice } from './device.ts'
import { ortRuntime } from './ort.ts'
import { probe } from './probe.ts'
import { Queue } from './queue.ts'
import type { Runtime } from './runtime.ts'
import { giveWasm, type WasmFiles } from './wasm.ts'

const queue = new Queue()
let ortLoading: Promise<typeof Ort> | null = null

/**
 * onnxruntime-web's native WebGPU execution provider on a GPUDevice of our own, which is the only way to get the
 * adapter's full limits and to go on after a device loss: a new runtime then works in the same page.
 *
 * @param options.device Default: a new one. `dispose` destroys it either way.
 * @throws Error where there is no adapter or the provider does not start.
 */
export async function webgpuRuntime(options: { wasmFiles: WasmFiles; device?: GPUDevice }): Promise<Runtime> {
  const device = options.device ?? (await requestDevice())
  try {
    const ort = await loadOrt(options.wasmFiles)
    const runtime = ortRuntime({
      provider: 'webgpu',
      runsOn: { on: 'webgpu', adapter: adapterName(device.adapterInfo) },
      ort,
      queue,
      options: { executionProviders: [executionProvider(device)] },
      device: new WebGpuDevice(device, ort.Tensor),
    })
    await probe(runtime)
    return runtime
  } catch (error) {
    device.destroy()
    throw error
  }
}

/**
 * Channels first, as the graphs are written: onnxruntime would else put transpositions around each convolution and push
 * some of them onto booleans, for which its only kernel is on the CPU.
 */
export const executionProvider = (device: GPUDevice) => ({
  name: 'webgpu' as const,
  device,
  preferredLayout: 'NCHW' as const,
})

function loadOrt(wasmFiles: WasmFiles): Promise<typeof Ort> {
  ortLoading ??= (async () => {
    const build = webgpuBuild()
    const ort =
      build === 'jspi' ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/webgpu')
    giveWasm(ort, await wasmFiles(build))
    // The CPU only prepares commands here.
    ort.env.wasm.numThreads = 1
    return ort
  })()
  ortLoading.catch(() => {
    ortLoading = null
  })
  return ortLoading
}

/** Limits that decide how large a tensor and how wide a kernel may be. */
const limits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
] as const

/** A device with the adapter's limits, not the much smaller default ones. */
export async function requestDevice(): Promise<GPUDevice> {
  const adapter = await requestAdapter()
  if (!adapter) throw new Error('this browser has no WebGPU adapter')
  return adapter.requestDevice({
    requiredLimits: Object.fromEntries(limits.map((name) => [name, adapter.limits[name]])),
    // onnxruntime picks faster kernels where the device has them.
    requiredFeatures: (['shader-f16', 'subgroups'] as const).filter((name) => adapter.features.has(name)),
  })
}
