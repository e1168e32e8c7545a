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
  /** How many texels are optimised; 0 where there is nothing to do. */
  free: number
  /** How many texels lie on the mesh. */
  covered: number
}

/**
 * A preset that does not optimise within the composite moves every texel, and so does `full`; else the problem's own freedom
 * holds.
 */
export function taskOf(problem: RefinementProblem, preset: Pick<Preset, 'composite'>, full = false): Task {
  const everything = full || !preset.composite
  const freedom = everything ? Float32Array.from(problem.coverage) : problem.freedom
  return {
    problem: { ...problem, freedom },
    everything,
    free: freedom.reduce((count, value) => count + (value > freeFrom ? 1 : 0), 0),
    covered: problem.coverage.reduce((sum, value) => sum + value, 0),
  }
}

/** What was optimised, in a sentence. */
export function summaryOf({ problem, everything, free, covered }: Task): string {
  if (free === 0)
    return 'Every texel is known from the photo or its mirrored side: there was nothing to optimise.'
  const share = ((100 * free) / covered).toFixed(free / covered < 0.1 ? 1 : 0)
  const which = problem.external ? ' that the photo does not show' : ' that no side of the photo shows'
  return `${free.toLocaleString('en')} texels (${share}%)${everything ? '' : which} were optimised.`
}
