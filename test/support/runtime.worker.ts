import { chooseRuntime } from '../../client/runtime/choose.ts'
import { wasmFiles } from './wasm.ts'

/** Starts a runtime in a worker, runs y = x + x by way of its own probe, and posts what runs. */
self.onmessage = async ({ data }: MessageEvent<{ allowSoftware: boolean }>) => {
  try {
    const { provider, reason } = await chooseRuntime({ wasmFiles, ...data })
    self.postMessage({ provider, reason })
  } catch (error) {
    self.postMessage({ error: String(error) })
  }
}
