import type { RunRecord } from '../../worker/contract/record.ts'
import type { Capture } from '../face/types.ts'
import { requireBackbone } from '../refine/backbone.ts'
import { type ProblemOptions, problem } from '../refine/problem.ts'
import type { Preset } from '../refine/schedule.ts'
import { refineSurviving } from '../refine/surviving.ts'
import { taskOf } from '../refine/task.ts'
import type { Progress, Refined, RefinementProblem, RefineOptions } from '../refine/types.ts'
import { texturePng } from '../result/png.ts'
import { record } from '../result/record.ts'
import type { ModelEntry, ModelStore } from '../runtime/models.ts'
import { reasonOf } from '../runtime/runs-on.ts'
import type { Provider, Runtime } from '../runtime/runtime.ts'
import { defaultSeed } from './choices.ts'

/** Parts of a run that a record gives the wall-clock seconds of. What led to the capture is its caller's to measure. */
export type Stage = 'decode' | 'capture' | 'problem' | 'refine' | 'head'

export interface RunRequest extends RefineOptions, ProblemOptions {
  preset: Preset
  /** Of the stages before. */
  seconds: Partial<Record<Stage, number>>
}

/** Where a run finds what it needs. */
export interface RunPlaces {
  store: ModelStore
  /**
   * Makes a runtime, which the run disposes of; asked again where the one before lost its device, and never where nothing is
   * free.
   *
   * @param losses how many devices this run has lost so far
   */
  runtime(losses: number): Promise<Runtime>
  /** What a record names where nothing had to be computed. */
  provider: Provider
}

export interface RunResult {
  problem: RefinementProblem
  refined: Refined
  /** What ran the last step. */
  runtime: Pick<Runtime, 'provider' | 'runsOn' | 'reason'>
  /** The texture as a PNG file. */
  png: Uint8Array<ArrayBuffer>
  record: RunRecord
}

/**
 * One run, the same for page, library and terminal: the problem is posed and refined, a lost device is replaced, the texture
 * becomes a PNG file, and a record tells how it came about. Yields after every optimiser step; `return()` ends it and frees
 * what the device holds.
 *
 * @example
 * const steps = run(await capture(photo, { store, size: 256 }), { preset: presets.draft, seconds: {} }, places)
 * @throws RefinementError as refine does; DeviceLostError after the third
 * loss; ModelError; RangeError where `from` is of another run; Error as {@link problem}
 */
export async function* run(
  capture: Capture,
  request: RunRequest,
  places: RunPlaces,
): AsyncGenerator<Progress, RunResult> {
  const { preset, content, asIs, fullMask, seconds, ...options } = request
  const { store } = places
  if (preset.rounds > 0) await requireBackbone(preset, store)
  const start = performance.now()
  const posed = problem(capture, { content, asIs, fullMask })
  const secondsPosing = (performance.now() - start) / 1000

  const nothingToDo = taskOf(posed, preset, options.full).free === 0
  let runtime: Runtime | undefined
  const refined = yield* refineSurviving(
    posed,
    preset,
    {
      store,
      runtime: async (losses) => {
        runtime = nothingToDo ? idle(places.provider) : await places.runtime(losses)
        return runtime
      },
    },
    { seed: defaultSeed, ...options },
  )
  const png = await texturePng(refined.texture, refined.size)
  const { provider, runsOn, reason } = runtime!
  const { models } = await store.manifest()
  return {
    problem: posed,
    refined,
    runtime: { provider, runsOn, reason },
    png,
    record: await record({
      ...{ capture, problem: posed, refined, png },
      models: models.filter((model) => tookPart(model, capture, refined)),
      runtime: { provider, reason },
      seconds: { ...seconds, problem: secondsPosing, refine: refined.seconds },
    }),
  }
}

/** A foreign mesh was captured without networks. */
function tookPart({ id, purpose }: ModelEntry, { pose }: Capture, { backbone }: Refined): boolean {
  return (purpose === 'capture' && pose !== null) || id === backbone
}

/** Stands in where nothing is free: no step will run, so nothing is loaded to compute with. */
function idle(provider: Provider): Runtime {
  const refuse = () => Promise.reject(new Error('This runtime computes nothing.'))
  return {
    provider,
    runsOn: { on: 'nothing' },
    reason: reasonOf({ on: 'nothing' }),
    upload: refuse,
    session: refuse,
    dispose: async () => {},
  }
}
