import { appendFileSync } from 'node:fs'
import type { PromiseNumber } from './promises.ts'

/** Set by `npm run promises`: the file that figures go to. Without it the tests take a sample and keep their figures. */
const figuresFile = process.env.PROMISES_FIGURES

/** How often something is tried: a sample with all other tests, as often as promised by `npm run promises`. */
export function amount({ sample, whole }: { sample: number; whole: number }): number {
  return figuresFile ? whole : sample
}

/**
 * Tells what was measured of a promise, for the table in the documents.
 *
 * @param figures by what they are of, e.g. `{ 'random kills': 50, 'runs lost': 0 }`; a later one of a name replaces an earlier
 */
export function tell(promise: PromiseNumber, figures: Record<string, number | string>): void {
  if (figuresFile) appendFileSync(figuresFile, `${JSON.stringify({ promise, figures })}\n`)
}
