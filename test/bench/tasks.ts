import { growthBench } from './growth-bench.ts'
import type { GrowthOptions, StepOptions } from './options.ts'
import { type PeakFigures, peakBench } from './peak-bench.ts'
import type { Place, PlaceRequest } from './place.ts'
import { stepBench } from './step-bench.ts'

/** What can be measured wherever something computes: plain data, for it may be in a browser. */
export type Task =
  | { command: 'step'; options: StepOptions; withPeak: boolean }
  | { command: 'peak'; options: PlaceRequest; repeats: number; scale: number }
  | { command: 'growth'; options: GrowthOptions }

/** A line's figures. */
export type Figures = Readonly<Record<string, unknown>>

export async function perform(place: Place, task: Task): Promise<Figures> {
  if (task.command === 'growth') return { ...(await growthBench(place, task.options)) }
  if (task.command === 'peak') {
    const settings = { ...task.options, runs: place.runtime.reason }
    return { settings, ...(await peakBench(place.runtime, task)) }
  }
  const figures = await stepBench(place, task.options)
  if (!task.withPeak) return { ...figures }
  const { matmulGflops, convGflops }: PeakFigures = await peakBench(place.runtime)
  return { ...figures, peak: { matmulGflops, convGflops } }
}
