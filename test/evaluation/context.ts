/** What every protocol is given. */

import type { ModelStore } from '../../client/runtime/models.ts'
import type { Options } from './options.ts'
import type { Case, Sample } from './types.ts'

export interface Context extends Pick<Options, 'size' | 'angles' | 'meshErrors'> {
  store: ModelStore
  /** Reads a sample's complete texture from --gt at the size asked for, N x N x 3; null where none was given. */
  truthFor: ((sample: Sample, size: number) => Promise<Float32Array>) | null
}

/** A photo that cannot be evaluated, or a view of it: the sentence stands in the report. */
export interface Failure {
  sample: Sample
  view: string
  message: string
}

/** The cases of one photo, made one by one: a photo's views are not held in memory together. */
export type CasesOf = (sample: Sample, context: Context) => AsyncGenerator<Case | Failure>
