/** Runs golden cases through the very functions that the product uses. */
import type { Runtime } from '../../client/runtime/runtime.ts'
import { endToEnd } from './cases/end-to-end.ts'
import { hypercolumn } from './cases/hypercolumn.ts'
import { losses } from './cases/losses.ts'
import { photometric } from './cases/photometric.ts'
import { pyramid } from './cases/pyramid.ts'
import { vgg } from './cases/vgg.ts'
import { type Check, Checks } from './check.ts'
import type { Golden } from './golden.ts'

export interface ParityContext {
  runtime: Runtime
  /** Another case of the same folder. */
  load: (name: string) => Promise<Golden>
  /** Stop a run after so many iterations of its first scale, and compare what there is by then. Default: whole runs. */
  iterations?: number
}

export type Parity = (golden: Golden, checks: Checks, context: ParityContext) => Promise<void>

/** By the beginning of the case's name: "pyramid_64x64" is a pyramid. */
const parities: Readonly<Record<string, Parity>> = {
  pyramid,
  vgg,
  hypercolumn,
  losses,
  photometric,
  end_to_end: endToEnd,
}

/** @throws Error where nothing here knows what the case is about, or it lacks a tensor */
export async function runParity(golden: Golden, context: ParityContext): Promise<Check[]> {
  const [kind] = Object.keys(parities).filter((name) => golden.name.startsWith(name))
  if (!kind) {
    throw new Error(`The golden case ${golden.name} is about none of ${Object.keys(parities).join(', ')}.`)
  }
  const checks = new Checks(golden.name)
  await parities[kind](golden, checks, context)
  return checks.done
}
