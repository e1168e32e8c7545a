/** What `--protocol head` finds. */

import type { Half } from '../data/halves.ts'
import type { RimStep } from '../metrics/rim-step.ts'
import type { HeldOutRow } from './held-out.ts'
import type { MadeRow } from './made-heads.ts'
import type { Outlines } from './outlines.ts'
import type { Decision } from './portrait.ts'

export interface PortraitRow {
  photo: string
  /** null: in none of them. */
  half: Half | null
  decision: Decision
  outlines: Outlines
  rim: RimStep
  heldOut: HeldOutRow[]
  seconds: number
}

export interface VariantRow {
  photo: string
  half: Half | null
  variant: string
  /** null: no head was made of the variant, for this reason. */
  decision: Decision | null
  message: string | null
  /** Are style class and cover the original's? null: no head was made. */
  same: boolean | null
  original: Decision
}

export interface HeadReport {
  command: string
  /** ISO 8601. */
  date: string
  size: number
  made: MadeRow[]
  portraits: PortraitRow[]
  variants: VariantRow[]
  failures: { photo: string; view: string; message: string }[]
}

/**
 * The parts of the protocol: what is made of heads of known shape, of portraits, and of variants of these. `optimised`:
 * portraits, whose painted hair is also optimised.
 */
export const headStages = ['made', 'portraits', 'variants', 'optimised'] as const
export type HeadStage = (typeof headStages)[number]
/** Those that take no minute for each portrait. */
export const usualStages: readonly HeadStage[] = ['made', 'portraits', 'variants']
