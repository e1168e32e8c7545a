import type { ModelStore } from '../runtime/models.ts'
import { DeviceLostError, type Runtime } from '../runtime/runtime.ts'
import type { Checkpoint } from './checkpoint.ts'
import { refine } from './refine.ts'
import type { Preset } from './schedule.ts'
import type { Progress, Refined, RefinementProblem, RefineOptions } from './types.ts'

export interface Places {
  /**
   * Makes a runtime; asked again where the one before lost its device.
   *
   * @param losses how many devices this run has lost so far
   */
  runtime(losses: number): Promise<Runtime>
  store: ModelStore
}

/** Lost devices that end the run, so that the person can choose a smaller texture or the CPU instead. */
const mostLosses = 3

/**
 * {@link refine} that goes on from its last checkpoint with a new runtime where the device is lost (driver reset, tab in
 * the background, out of memory). The runtimes belong to it: it disposes of each.
 *
 * @throws as refine does; DeviceLostError after the third loss
 */
export async function* refineSurviving(
  problem: RefinementProblem,
  preset: Preset,
  { runtime: makeRuntime, store }: Places,
  options: RefineOptions = {},
): AsyncGenerator<Progress, Refined> {
  let from: Checkpoint | undefined = options.from
  for (let losses = 0; ; losses++) {
    const runtime = await makeRuntime(losses)
    try {
      const steps = refine(problem, preset, { runtime, store }, { ...options, from })
      try {
        for (;;) {
          const next = await steps.next()
          if (next.done) return next.value
          from = next.value.checkpoint ?? from
          yield next.value
        }
      } finally {
        await steps.return(undefined as never)
      }
    } catch (error) {
      if (!(error instanceof DeviceLostError) || losses + 1 >= mostLosses) throw error
    } finally {
      await runtime.dispose()
    }
  }
}
