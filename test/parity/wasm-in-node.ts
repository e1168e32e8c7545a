import { readFile } from 'node:fs/promises'
import type { Runtime } from '../../client/runtime/runtime.ts'
import { wasmRuntime } from '../../client/runtime/wasm.ts'

/** The browser's WebAssembly runtime in Node, with one thread. */
export async function wasmInNode(): Promise<Runtime> {
  // Node has shared memory, but none of the web workers that would use it.
  Object.assign(globalThis, { crossOriginIsolated: false })
  const path = new URL(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'))
  // Node fetches no file: addresses.
  const module = new Blob([await readFile(path)], { type: 'application/wasm' })
  return wasmRuntime({ wasmFiles: () => URL.createObjectURL(module) })
}
