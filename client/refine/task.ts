import type { Preset } from './schedule.ts'
import type { RefinementProblem } from './types.ts'

/** Above this freedom a texel counts as optimised. */
const freeFrom = 0.05

/** What one run optimises of a problem. */
export interface Task {
  /** The problem, with the `freedom` of this run. */
  problem: RefinementProblem
  /** Is every texel of the mesh optimised, also those locked to evidence? */
  everything: boolean
  /** How many texels are optimised; 0 where there is nothing to do, or nothing is asked for. */
  free: number
  /** How many could be, of a preset that optimises nothing. */
  left: number
  /** How many texels lie on the mesh. */
  covered: number
}

/**
 * A preset that does not optimise within the composite moves every texel, and so does `full`; else the problem's own freedom
 * holds.
 */
export function taskOf(
  problem: RefinementProblem,
  preset: Pick<Preset, 'composite' | 'rounds'>,
  full = false,
): Task {
  const everything = full || !preset.composite
  const freedom = everything ? Float32Array.from(problem.coverage) : problem.freedom
  const count = freedom.reduce((sum, value) => sum + (value > freeFrom ? 1 : 0), 0)
  return {
    problem: { ...problem, freedom },
    everything,
    ...(preset.rounds > 0 ? { free: count, left: 0 } : { free: 0, left: count }),
    covered: problem.coverage.reduce((sum, value) => sum + value, 0),
  }
}

/** What was optimised, in a sentence. */
export function summaryOf({ problem, everything, free, left, covered }: Task): string {
  if (left > 0)
    return `Nothing was optimised: ${left.toLocaleString('en')} texels${whichOf(problem)} are as the capture filled them.`
  if (free === 0)
    return 'Every texel is known from the photo or its mirrored side: there was nothing to optimise.'
  const share = ((100 * free) / covered).toFixed(free / covered < 0.1 ? 1 : 0)
  return `${free.toLocaleString('en')} texels (${share}%)${everything ? '' : whichOf(problem)} were optimised.`
}

function whichOf({ external }: RefinementProblem): string {
  return external ? ' that the photo does not show' : ' that no side of the photo shows'
}
