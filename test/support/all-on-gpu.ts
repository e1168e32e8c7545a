import type * as Ort from 'onnxruntime-web'
import { webgpuBuild } from '../../client/runtime/adapter.ts'
import { giveWasm } from '../../client/runtime/wasm.ts'
import { executionProvider, requestDevice } from '../../client/runtime/webgpu.ts'
import { wasmFiles } from './wasm.ts'

/**
 * Checks that every node of an ONNX model runs on the GPU under onnxruntime-web's WebGPU provider: a node on the CPU
 * costs a round trip of its tensors in every step. Works in a browser with any adapter, as nothing is run.
 *
 * @throws Error naming the ops that the provider has no kernel for.
 */
export async function assertAllOnGpu(model: Uint8Array): Promise<void> {
  const ort = await loadOrt()
  const device = await requestDevice()
  const options = {
    executionProviders: [executionProvider(device)],
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  }
  try {
    const session = await ort.InferenceSession.create(model, { ...options, logSeverityLevel: 4 })
    await session.release()
  } catch (cause) {
    if (!String(cause).includes('assigned to the default CPU EP')) throw cause
    const log = await linesPrinted(() =>
      ort.InferenceSession.create(model, { ...options, logSeverityLevel: 1 }),
    )
    const ops = log.flatMap(
      (line) => /kernel not found in registries for Op type: (\w+)/.exec(line)?.[1] ?? [],
    )
    throw new Error(
      `On the CPU under WebGPU: ${[...new Set(ops)].join(', ') || 'a node that ORT does not name'}.`,
      {
        cause,
      },
    )
  } finally {
    device.destroy()
  }
}

async function loadOrt(): Promise<typeof Ort> {
  const build = webgpuBuild()
  const ort = build === 'jspi' ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/webgpu')
  giveWasm(ort, await wasmFiles(build))
  ort.env.wasm.numThreads = 1
  return ort
}

/** Lines that go to the console are collected here while it is set. */
let collected: string[] | null = null
// onnxruntime keeps the functions that it finds when it starts, so they are replaced before that and for good.
for (const name of ['debug', 'log', 'info', 'warn', 'error'] as const) {
  const print = console[name].bind(console)
  console[name] = (...words) => (collected ? collected.push(words.join(' ')) : print(...words))
}

/** What onnxruntime prints while `work`, which is expected to fail, is under way. */
async function linesPrinted(work: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = []
  collected = lines
  await work().catch(() => {})
  collected = null
  return lines
}
