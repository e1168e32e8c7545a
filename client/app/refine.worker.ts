import * as Comlink from 'comlink'
import type { Capture } from '../face/types.ts'
import type { Checkpoint } from '../refine/checkpoint.ts'
import { estimateSeconds, measureSpeed } from '../refine/pace.ts'
import { problem } from '../refine/problem.ts'
import { presets } from '../refine/schedule.ts'
import { refineSurviving } from '../refine/surviving.ts'
import type { Progress, Refined, RefinementProblem, RefineStage } from '../refine/types.ts'
import { faceGlb } from '../result/glb.ts'
import { texturePng } from '../result/png.ts'
import { record } from '../result/record.ts'
import { sampledPng } from '../result/sampled-png.ts'
import { chooseRuntime } from '../runtime/choose.ts'
import { type RunsOn, reasonOf } from '../runtime/runs-on.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { browserStore } from '../runtime/store.ts'
import { storedWasm } from '../runtime/wasm.ts'
import { type Arrival, arrivalOf } from './downloads.ts'
import { checkpointSeconds, keepCheckpoint } from './kept-run.ts'
import { fetchFiles, refineFiles } from './needed-files.ts'
import { type Pixels, toPixels } from './pixels.ts'
import { type Estimate, type PresetName, presetNames, textureSizes } from './state.ts'
import { keepErrorCodes } from './worker-errors.ts'

export interface RefineRequest {
  captureSeconds: number
  preset: PresetName
  seed: number
  /** Goes on from here. */
  from?: Checkpoint
  /** Keep checkpoints in the browser's storage? */
  keep: boolean
}

export interface Finished {
  refined: Omit<Refined, 'texture'>
  /** The last runtime: a lost device is replaced. */
  runsOn: RunsOn
  pixels: Pixels
  /** `sampled`: what a shared result is checked against, see sampled-png.ts. */
  files: Record<'png' | 'glb' | 'sampled', Uint8Array<ArrayBuffer>> & { record: string }
}

export type StepNews =
  | {
      finished: false
      progress: ShownProgress
      pixels: Pixels | null
      /** Devices lost so far, after each of which the run went on. */
      losses: number
    }
  | ({ finished: true } & Finished)

/** A step's progress without the large arrays. */
export type ShownProgress = Omit<Progress, 'texture' | 'checkpoint'>

/** What this worker is at between steps. */
export type ComputeStage = RefineStage | 'Starting the computation' | 'Trying how fast this device is'

export type RefineReport = (news: { arrived: Arrival[] } | { stage: ComputeStage }) => void

interface Run {
  request: RefineRequest
  capture: Capture
  problem: RefinementProblem
  /** The one that computes now, and how many were lost before it. */
  runtime: Runtime
  losses: number
  steps: AsyncGenerator<Progress, Refined>
}

/** Seconds between two textures sent to the page. */
const previewSeconds = 1

let run: Run | null = null

/** Stands in where nothing is free: no step will run, so the WebAssembly is not fetched. */
const unused: Runtime = {
  provider: 'wasm',
  runsOn: { on: 'nothing' },
  reason: reasonOf({ on: 'nothing' }),
  upload: () => Promise.reject(new Error('this runtime computes nothing')),
  session: () => Promise.reject(new Error('this runtime computes nothing')),
  dispose: async () => {},
}

/** Made when it is first asked for, and used by the first run: choosing takes a download and a second. */
let prepared: Promise<Runtime> | null = null
let listener: RefineReport = () => {}
/** One store for the worker's life. */
const store = browserStore({
  onBytes: (file, received) => listener({ arrived: [arrivalOf(file, received)] }),
})

function prepare(): Promise<Runtime> {
  prepared ??= chooseRuntime({ wasmFiles: storedWasm(store) })
  prepared.catch(() => {
    prepared = null
  })
  return prepared
}

/**
 * The one place where the page meets runtime/, refine/ and result/.
 * Pausing is not asking for the next step; stopping ends the generator, which frees what the device holds.
 */
const refineWorker = {
  /**
   * Downloads all that a run takes and starts what computes.
   *
   * @returns how long runs will take on this device, estimated by half a second of computing
   */
  async getReady(report: RefineReport): Promise<Estimate> {
    listener = report
    await fetchFiles(store, await refineFiles())
    report({ stage: 'Starting the computation' })
    const runtime = await prepare()
    report({ stage: 'Trying how fast this device is' })
    const speed = await measureSpeed(runtime)
    const bySize = (name: PresetName) =>
      textureSizes.map((size) => [size, estimateSeconds(presets[name], size, speed)])
    return Object.fromEntries(presetNames.map((name) => [name, Object.fromEntries(bySize(name))])) as Estimate
  },

  /**
   * @param from where the capture comes from: the capture worker's end of a channel
   * @returns what it runs on, and why
   */
  async start(request: RefineRequest, report: RefineReport, from: MessagePort): Promise<RunsOn> {
    const capture = await firstMessage<Capture>(from)
    listener = report
    const posed = problem(capture)
    const somethingToDo = posed.freedom.some((freedom) => freedom > 0)
    if (somethingToDo) {
      await fetchFiles(store, await refineFiles())
      report({ stage: 'Starting the computation' })
    }
    const runtime = somethingToDo ? await prepare() : unused
    const starting = { request, capture, problem: posed, runtime, losses: 0 }
    const steps = refineSurviving(
      posed,
      presets[request.preset],
      { store, runtime: (losses) => runtimeAfter(losses, starting) },
      {
        ...{ seed: request.seed, from: request.from, previewSeconds, checkpointSeconds },
        onStage: (stage) => report({ stage }),
      },
    )
    run = Object.assign(starting, { steps })
    return runtime.runsOn
  },

  /** One optimiser step, or the result where there is none left. */
  async next(): Promise<StepNews> {
    if (!run) throw new Error('no refinement is under way')
    const step = await run.steps.next()
    if (step.done) {
      const news: StepNews = { finished: true, ...(await finish(run, step.value)) }
      const { png, glb, sampled } = news.files
      return Comlink.transfer(news, [news.pixels.data.buffer, png.buffer, glb.buffer, sampled.buffer])
    }
    const { texture, checkpoint, ...progress } = step.value
    if (checkpoint && run.request.keep) await keepCheckpoint(checkpoint, progress.fraction)
    const pixels = texture ? toPixels(texture) : null
    const news: StepNews = { finished: false, progress, pixels, losses: run.losses }
    return Comlink.transfer(news, pixels ? [pixels.data.buffer] : [])
  },

  async stop(): Promise<void> {
    const ending = run
    run = null
    await ending?.steps.return(undefined as never)
  },
}

/** The prepared runtime at first, a new one after a loss, and the CPU where the second was lost too. */
async function runtimeAfter(losses: number, run: Omit<Run, 'steps'>): Promise<Runtime> {
  if (losses > 0) {
    prepared = null
    const prefer = losses > 1 ? 'wasm' : undefined
    run.runtime = await chooseRuntime({ wasmFiles: storedWasm(store), prefer })
    run.losses = losses
  } else if (run.runtime !== unused) prepared = null // It is the run's now, which disposes of it.
  return run.runtime
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
  const { request, capture, problem, runtime } = run
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
    runsOn: runtime.runsOn,
    pixels: toPixels(texture),
    files: { png, glb, sampled: await sampledPng(capture), record: `${JSON.stringify(facts, null, 2)}\n` },
  }
}

export type RefineWorker = typeof refineWorker
keepErrorCodes()
Comlink.expose(refineWorker)
