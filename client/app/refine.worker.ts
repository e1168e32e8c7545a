import * as Comlink from 'comlink'
import type { Capture } from '../capture/types.ts'
import { problem } from '../refine/problem.ts'
import { refine } from '../refine/refine.ts'
import { presets } from '../refine/schedule.ts'
import type { Progress, Refined, RefinementProblem } from '../refine/types.ts'
import { faceGlb } from '../result/glb.ts'
import { texturePng } from '../result/png.ts'
import { record } from '../result/record.ts'
import { chooseRuntime } from '../runtime/choose.ts'
import type { DownloadProgress, ModelStore } from '../runtime/models.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { browserStore } from '../runtime/store.ts'
import { servedWasm } from '../runtime/wasm.ts'
import { type Pixels, toPixels } from './pixels.ts'
import type { PresetName } from './state.ts'
import { withProgress } from './with-progress.ts'

export interface RefineRequest {
  captureSeconds: number
  preset: PresetName
  seed: number
}

export interface Finished {
  refined: Omit<Refined, 'texture'>
  pixels: Pixels
  files: { png: Uint8Array<ArrayBuffer>; glb: Uint8Array<ArrayBuffer>; record: string }
}

export type StepNews =
  | { finished: false; progress: Omit<Progress, 'texture'>; pixels: Pixels | null }
  | ({ finished: true } & Finished)

export type RefineReport = (news: { download: DownloadProgress }) => void

interface Run {
  request: RefineRequest
  capture: Capture
  problem: RefinementProblem
  store: ModelStore
  runtime: Runtime
  steps: AsyncGenerator<Progress, Refined>
}

/** Seconds between two textures sent to the page. */
const previewSeconds = 1

let run: Run | null = null

/** Stands in where nothing is free: no step will run, so the WebAssembly is not fetched. */
const unused: Runtime = {
  provider: 'wasm',
  reason: 'Nothing had to be optimised, so no network was loaded.',
  upload: () => Promise.reject(new Error('this runtime computes nothing')),
  session: () => Promise.reject(new Error('this runtime computes nothing')),
  dispose: async () => {},
}

/**
 * The one place where the page meets runtime/, refine/ and result/.
 * Pausing is not asking for the next step; stopping ends the generator, which frees what the device holds.
 */
const refineWorker = {
  /**
   * @param from where the capture comes from: the capture worker's end of a channel
   * @returns which provider runs, and why
   */
  async start(request: RefineRequest, report: RefineReport, from: MessagePort): Promise<{ reason: string }> {
    const capture = await firstMessage<Capture>(from)
    const store = withProgress(browserStore(), report)
    const posed = problem(capture)
    const somethingToDo = posed.freedom.some((freedom) => freedom > 0)
    const runtime = somethingToDo ? await chooseRuntime({ wasmPaths: servedWasm(store) }) : unused
    const { preset, seed } = request
    const steps = refine(posed, presets[preset], { runtime, store }, { seed, previewSeconds })
    run = { request, capture, problem: posed, store, runtime, steps }
    return { reason: runtime.reason }
  },

  /** One optimiser step, or the result where there is none left. */
  async next(): Promise<StepNews> {
    if (!run) throw new Error('no refinement is under way')
    const step = await run.steps.next()
    if (step.done) {
      const news: StepNews = { finished: true, ...(await finish(run, step.value)) }
      const { png, glb } = news.files
      return Comlink.transfer(news, [news.pixels.data.buffer, png.buffer, glb.buffer])
    }
    const { texture, ...progress } = step.value
    const pixels = texture ? toPixels(texture) : null
    return Comlink.transfer({ finished: false, progress, pixels }, pixels ? [pixels.data.buffer] : [])
  },

  async stop(): Promise<void> {
    const ending = run
    run = null
    await ending?.steps.return(undefined as never)
    await ending?.runtime.dispose()
  },
}

function firstMessage<T>(port: MessagePort): Promise<T> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      port.close()
      resolve(data)
    }
  })
}

async function finish(run: Run, refined: Refined): Promise<Finished> {
  const { request, capture, problem, store, runtime } = run
  const { texture, ...told } = refined
  const png = await texturePng(texture, refined.size)
  const glb = await faceGlb({ mesh: capture.mesh, png })
  const { models } = await store.manifest()
  const facts = await record({
    capture,
    problem,
    refined,
    png,
    models: models.filter(({ id, purpose }) => purpose === 'capture' || id === refined.backbone),
    runtime,
    seconds: { capture: request.captureSeconds, refine: refined.seconds },
  })
  return {
    refined: told,
    pixels: toPixels(texture),
    files: { png, glb, record: `${JSON.stringify(facts, null, 2)}\n` },
  }
}

export type RefineWorker = typeof refineWorker
Comlink.expose(refineWorker)
