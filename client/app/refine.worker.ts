import * as Comlink from 'comlink'
import type { Capture } from '../face/types.ts'
import { estimateSeconds, measureSpeed } from '../refine/pace.ts'
import { presets } from '../refine/schedule.ts'
import type { Progress } from '../refine/types.ts'
import { faceGlb } from '../result/glb.ts'
import { sampledPng } from '../result/sampled-png.ts'
import { textureSizes } from '../run/choices.ts'
import { type RunResult, run } from '../run/run.ts'
import { chooseRuntime } from '../runtime/choose.ts'
import type { RunsOn } from '../runtime/runs-on.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { browserStore } from '../runtime/store.ts'
import { storedWasm } from '../runtime/wasm.ts'
import { type PresetName, presetNames } from './choices.ts'
import { arrivalOf } from './downloads.ts'
import { checkpointSeconds, keepCheckpoint } from './kept-run.ts'
import type {
  Estimate,
  Finished,
  Measured,
  RefineReport,
  RefineRequest,
  RefineWorker,
  StepNews,
} from './messages.ts'
import { fetchFiles, lackingFiles, refineFiles } from './needed-files.ts'
import { toPixels } from './pixels.ts'
import { serveWorker } from './serve-worker.ts'

/** A run under way. */
interface Underway {
  request: RefineRequest
  capture: Capture
  steps: AsyncGenerator<Progress, RunResult>
  /** The first step, which is taken to know what the run goes on. */
  first: Promise<IteratorResult<Progress, RunResult>> | null
  /** Devices lost so far. */
  losses: number
}

/** Seconds between two textures sent to the page. */
const previewSeconds = 1

let underway: Underway | null = null

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
const refineWorker: RefineWorker = {
  async warmUp({ fetching }): Promise<void> {
    const needed = await refineFiles()
    if (fetching) await fetchFiles(store, needed)
    if (fetching || (await lackingFiles(store, needed)).length === 0) await prepare()
  },

  /**
   * Downloads all that a run takes and starts what computes.
   *
   * @returns how long runs will take on this device, estimated by a quarter of a second of computing
   */
  async getReady(report: RefineReport): Promise<Estimate> {
    listener = report
    await fetchNeeded(report)
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
    const { capture, seconds } = await firstMessage<Measured>(from)
    listener = report
    const { preset, seed, from: checkpoint, unseen } = request
    const starting: Omit<Underway, 'steps'> = { request, capture, first: null, losses: 0 }
    return new Promise((resolve, reject) => {
      const steps = run(
        capture,
        {
          ...{ preset: presets[preset], seed, from: checkpoint, seconds },
          previewSeconds: unseen ? undefined : previewSeconds,
          checkpointSeconds,
          onStage: (stage) => report({ stage }),
        },
        {
          store,
          provider: 'wasm',
          runtime: async (losses) => {
            starting.losses = losses
            const runtime = await runtimeAfter(losses, report)
            resolve(runtime.runsOn)
            return runtime
          },
        },
      )
      underway = Object.assign(starting, { steps })
      underway.first = steps.next()
      underway.first.then(({ done, value }) => done && resolve(value.runtime.runsOn), reject)
    })
  },

  /** One optimiser step, or the result where there is none left. */
  async next(): Promise<StepNews> {
    if (!underway) throw new Error('no refinement is under way')
    const { request, capture, steps, first } = underway
    underway.first = null
    const step = await (first ?? steps.next())
    if (step.done) {
      // Its capture is as large as all else that the tab holds.
      underway = null
      const news: StepNews = { finished: true, ...(await finish(capture, step.value)) }
      const { png, glb, sampled } = news.files
      return Comlink.transfer(news, [news.pixels.data.buffer, png.buffer, glb.buffer, sampled.buffer])
    }
    const { texture, checkpoint, ...progress } = step.value
    if (checkpoint && request.keep) await keepCheckpoint(request.keep, checkpoint, progress.fraction)
    const pixels = texture ? toPixels(texture) : null
    const news: StepNews = { finished: false, progress, pixels, losses: underway?.losses ?? 0 }
    return Comlink.transfer(news, pixels ? [pixels.data.buffer] : [])
  },

  async stop(): Promise<void> {
    const ending = underway
    underway = null
    await ending?.steps.return(undefined as never)
  },
}

/** The prepared runtime at first, a new one after a loss, and the CPU where the second was lost too. */
async function runtimeAfter(losses: number, report: RefineReport): Promise<Runtime> {
  if (losses > 0)
    return chooseRuntime({ wasmFiles: storedWasm(store), prefer: losses > 1 ? 'wasm' : undefined })
  await fetchNeeded(report)
  report({ stage: 'Starting the computation' })
  const runtime = await prepare()
  // It is the run's now, which disposes of it.
  prepared = null
  return runtime
}

/** What is to come is announced, so that its total stands from the beginning. */
async function fetchNeeded(report: RefineReport): Promise<void> {
  const needed = await refineFiles()
  report({ arrived: (await lackingFiles(store, needed)).map((file) => arrivalOf(file, 0)) })
  await fetchFiles(store, needed)
}

function firstMessage<T>(port: MessagePort): Promise<T> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      port.close()
      resolve(data)
    }
  })
}

async function finish(capture: Capture, { refined, runtime, png, record }: RunResult): Promise<Finished> {
  const { texture, ...told } = refined
  return {
    refined: told,
    runsOn: runtime.runsOn,
    pixels: toPixels(texture),
    files: {
      png,
      glb: await faceGlb({ mesh: capture.mesh, png }),
      sampled: await sampledPng(capture),
      record: `${JSON.stringify(record, null, 2)}\n`,
    },
  }
}

serveWorker(refineWorker)
