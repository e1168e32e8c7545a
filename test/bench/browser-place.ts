import { browserStore } from '../../client/runtime/store.ts'
import { wasmRuntime } from '../../client/runtime/wasm.ts'
import { requestDevice, webgpuRuntime } from '../../client/runtime/webgpu.ts'
import { wasmFiles } from '../support/wasm.ts'
import { megabytes, type Place, type PlaceRequest } from './place.ts'
import { watchBuffers } from './watch-buffers.ts'

/** onnxruntime-web in this worker. To be called before anything else loads it: its memory is watched from the beginning. */
export async function browserPlace({ provider, threads }: PlaceRequest): Promise<Place> {
  const memories = watchMemories()
  const wasm = () => megabytes(memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0))
  const store = browserStore()
  const untold = { device: () => null, cpuMs: () => null }
  if (provider === 'wasm') {
    // A WebAssembly memory never shrinks: what it holds is its peak.
    const meter = { peakMb: wasm, heldMb: () => ({ wasm: wasm() }), ...untold }
    return { runtime: await wasmRuntime({ wasmFiles, threads }), store, meter }
  }
  const device = await requestDevice()
  const buffers = watchBuffers(device)
  return {
    runtime: await webgpuRuntime({ wasmFiles, device }),
    store,
    meter: {
      ...untold,
      peakMb: () => megabytes(buffers.peakBytes),
      heldMb: () => ({ buffers: megabytes(buffers.bytes), wasm: wasm() }),
      device: () => ({
        dispatches: buffers.dispatches,
        boundMb: megabytes(buffers.boundBytes),
        buffers: buffers.alive,
      }),
    },
  }
}

/** All WebAssembly memories that scripts make from now on. */
function watchMemories(): WebAssembly.Memory[] {
  const made: WebAssembly.Memory[] = []
  const { Memory } = WebAssembly
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor)
      made.push(this)
    }
  }
  return made
}
