import type { Random } from '../image/random.ts'
import type { Runtime, Value } from '../runtime/runtime.ts'
import type { Backbone } from './backbone.ts'
import type { Optimizer } from './optimizer.ts'
import type { Preset } from './schedule.ts'
import type { RefineStage } from './types.ts'

/** What stays the same over all scales of a run. */
export interface RunContext {
  preset: Pick<Preset, 'chroma' | 'remd' | 'noise'>
  runtime: Runtime
  backbone: Backbone
  optimizer: Optimizer
  random: Random
  /** The backbone's weights on the device, by input name. */
  weights: ReadonlyMap<string, Value>
  onStage: (stage: RefineStage) => void
}
