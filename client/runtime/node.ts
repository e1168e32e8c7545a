import { ortRuntime } from './ort.ts'
import { Queue } from './queue.ts'
import type { Runtime } from './runtime.ts'

const queue = new Queue()

/**
 * onnxruntime-node on the CPU. A run blocks the event loop until it is done.
 *
 * @param options.threads Threads within one op. Default: the number of cores.
 */
export async function nodeRuntime(options: { threads?: number } = {}): Promise<Runtime> {
  const threads = options.threads ?? navigator.hardwareConcurrency
  const ort = await import('onnxruntime-node')
  return ortRuntime({
    provider: 'node',
    reason: `CPU with ${threads} ${threads === 1 ? 'thread' : 'threads'} (onnxruntime-node).`,
    ort,
    queue,
    options: { executionProviders: ['cpu'], intraOpNumThreads: threads },
  })
}
