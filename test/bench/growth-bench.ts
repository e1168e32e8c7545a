import { refine } from '../../client/refine/refine.ts'
import { type Preset, presets } from '../../client/refine/schedule.ts'
import type { Runtime, Value } from '../../client/runtime/runtime.ts'
import { smallProblem } from '../support/problem.ts'
import { tinyBackboneStore } from '../support/tiny-backbone.ts'
import type { GrowthOptions } from './options.ts'
import type { Place } from './place.ts'

export interface GrowthFigures {
  settings: GrowthOptions & { runs: string }
  /** What is held at five moments, evenly spread from the first step to the last. */
  curve: Held[]
  /** After everything was disposed of. */
  end: Held
}

interface Held {
  step: number
  /** That the runtime gave out and that were not disposed of. */
  values: number
  sessions: number
  /** Buffers alive on a GPU. */
  buffers?: number
  /** By what holds it. */
  mb: Record<string, number>
}

const size = 32

/** One scale of a small run over many steps, with a backbone of few channels: what is looked for does not depend on sizes. */
export async function growthBench(place: Place, options: GrowthOptions): Promise<GrowthFigures> {
  const { runtime, live } = counted(place.runtime)
  const held = (step: number): Held => {
    // What nobody holds any more is none that grows.
    Reflect.get(globalThis, 'gc')?.()
    const buffers = place.meter.device()?.buffers
    return { step, ...live(), ...(buffers !== undefined && { buffers }), mb: place.meter.heldMb() }
  }
  const { steps } = options
  const preset: Preset = {
    ...presets.draft,
    backbone: 'vgg16',
    scales: [{ divisor: 1, steps }],
    samples: { content: 16, style: 16 },
  }
  const run = refine(
    smallProblem(size),
    preset,
    { runtime, store: tinyBackboneStore() },
    { checkpointSeconds: 1, previewSeconds: 1 },
  )
  const curve: Held[] = []
  for (let taken = 0, step = await run.next(); !step.done; step = await run.next()) {
    if (taken % Math.floor(steps / 4) === 0 || taken === steps - 1) curve.push(held(taken))
    taken++
    // Node's run blocks the event loop, and nothing is collected between two steps.
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  await runtime.dispose()
  return { settings: { ...options, runs: runtime.reason }, curve, end: held(steps) }
}

/** The runtime, and how much of what it gave out is alive. */
function counted(runtime: Runtime): { runtime: Runtime; live: () => Pick<Held, 'values' | 'sessions'> } {
  const values = new Set<Value>()
  let sessions = 0
  const watched = (value: Value) => {
    const dispose = value.dispose.bind(value)
    value.dispose = () => {
      values.delete(value)
      dispose()
    }
    values.add(value)
    return value
  }
  return {
    live: () => ({ values: values.size, sessions }),
    runtime: {
      ...{ provider: runtime.provider, runsOn: runtime.runsOn, reason: runtime.reason },
      upload: async (tensor) => watched(await runtime.upload(tensor)),
      async session(model, options) {
        const session = await runtime.session(model, options)
        sessions++
        return {
          ...{ inputNames: session.inputNames, outputNames: session.outputNames },
          async run(feeds) {
            const outputs = await session.run(feeds)
            for (const value of Object.values(outputs)) watched(value)
            return outputs
          },
          release() {
            sessions--
            return session.release()
          },
        }
      },
      dispose: () => runtime.dispose(),
    },
  }
}
