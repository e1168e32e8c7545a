import { areFinite } from '../image/are-finite.ts'
import type { Provider } from '../runtime/runtime.ts'
import { isOfColours, magnitude } from './garbled.ts'
import { RefinementError } from './refinement-error.ts'
import type { Preset } from './schedule.ts'
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

/**
 * @throws RangeError where the checkpoint is of another run; RefinementError `bad-checkpoint` where it is no place in that run.
 * Its unknowns are looked at where they are taken over.
 */
export function assertOfRun(
  checkpoint: Checkpoint,
  run: Pick<Checkpoint, 'preset' | 'size' | 'seed'>,
  { rounds, scales }: Pick<Preset, 'rounds' | 'scales'>,
): void {
  for (const key of ['preset', 'size', 'seed'] as const) {
    if (checkpoint[key] === run[key]) continue
    throw new RangeError(
      `The checkpoint is of a run with ${key} ${checkpoint[key]}, and this one has ${run[key]}: begin anew without it.`,
    )
  }

  const { round, scaleIndex, step, taken, random, content, unknowns, steps, secondsPerScale, seconds } =
    checkpoint
  const before = scales.slice(0, scaleIndex).reduce((sum, scale) => sum + scale.steps, 0)
  const isPlace =
    isCount(round) &&
    round < rounds &&
    isCount(scaleIndex) &&
    scaleIndex < scales.length &&
    isCount(step) &&
    step < scales[scaleIndex].steps &&
    taken === before + step &&
    isCount(random?.scale) &&
    isCount(random.step)
  const isTexture =
    content instanceof Float32Array &&
    content.length === 3 * run.size ** 2 &&
    areFinite(content) &&
    isOfColours(magnitude(content))
  const isLog = Array.isArray(steps) && Array.isArray(secondsPerScale) && seconds >= 0 && seconds < Infinity
  if (!isPlace || !isTexture || !isLog || typeof unknowns !== 'object' || !unknowns) throw badCheckpoint()
}

export function badCheckpoint(): RefinementError {
  return new RefinementError(
    'bad-checkpoint',
    'What was kept of the run is damaged: it can only begin again.',
  )
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
