import type { Provider } from '../runtime/runtime.ts'
import type { Refined } from './types.ts'

/** Everything that a run needs to go on where it stood: plain data, which structured cloning takes as it is. */
export interface Checkpoint {
  /** What run it belongs to. */
  preset: string
  size: number
  seed: number
  provider: Provider
  /** The step to be taken next. */
  round: number
  scaleIndex: number
  step: number
  /** Steps taken in this round, over all scales. */
  taken: number
  /** State of the random numbers: before the scale was prepared, and now. */
  random: { scale: number; step: number }
  /** N x N x 3, 0..1: what this round began with. */
  content: Float32Array
  /** The pyramid's levels and the optimiser's states, by name. */
  unknowns: Record<string, Float32Array>
  steps: Refined['steps']
  secondsPerScale: Refined['secondsPerScale']
  /** Seconds that the run has taken so far. */
  seconds: number
}

/** @throws RangeError where the checkpoint is of another run */
export function assertOfRun(checkpoint: Checkpoint, run: Pick<Checkpoint, 'preset' | 'size' | 'seed'>): void {
  for (const key of ['preset', 'size', 'seed'] as const) {
    if (checkpoint[key] === run[key]) continue
    throw new RangeError(
      `The checkpoint is of a run with ${key} ${checkpoint[key]}, and this one has ${run[key]}: begin anew without it.`,
    )
  }
}
