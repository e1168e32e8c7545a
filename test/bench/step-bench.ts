import { fold } from '../../client/graph/fold.ts'
import { toOnnx } from '../../client/graph/onnx.ts'
import * as g from '../../client/graph/ops.ts'
import { sizeOf, type Tensor, topological } from '../../client/graph/tensor.ts'
import { loadBackbone } from '../../client/refine/backbone.ts'
import { type Preset, presets } from '../../client/refine/schedule.ts'
import { nextName, stepTensors } from '../../client/refine/step.ts'
import type { HostTensor, Runtime, Session, Value } from '../../client/runtime/runtime.ts'
import { type StepProblem, stepProblem } from '../support/step-problem.ts'
import { tinyBackboneStore } from '../support/tiny-backbone.ts'
import type { StepOptions } from './options.ts'
import { type Meter, megabytes, type Place } from './place.ts'

/** The parts of a step, in their order. */
export const phases = ['features', 'losses', 'backward', 'update', 'host'] as const

export interface StepFigures {
  settings: StepOptions & { runs: string }
  medianMs: number
  minMs: number
  /** Of all threads together, the least; null where nobody tells. Less disturbed by what else the machine does. */
  cpuMs: number | null
  /** The first run, after the session was made. */
  firstMs: number
  /** From the graph's tensors to its session, the backbone's weights and all other constants on the device. */
  setupMs: number
  /** Differences of minima: a graph that ends behind each phase is run, and compared with the one before. */
  phasesMs: Record<(typeof phases)[number], number>
  gflop: number
  /** Of the fastest run. */
  gflops: number
  nodes: number
  /** Bytes that the operations read and write, each tensor as often as it is; what is laid out anew counts too. */
  movedMb: number
  /** The most that was held while the whole step ran, and what was held before its backbone was loaded. */
  peakMb: number
  beforeMb: number
  /** On a GPU, for each step. */
  device?: { dispatches: number; boundMb: number }
}

/** VGG16 as it is published. */
const fullWidths = [64, 128, 256, 512, 512]

/** One optimiser step of random numbers, again and again, as a run takes it. */
export async function stepBench(place: Place, options: StepOptions): Promise<StepFigures> {
  const { runtime, meter } = place
  const beforeMb = meter.heldMb().process ?? meter.peakMb()
  const preset: Preset = presets[options.preset]
  const store = options.randomWeights ? tinyBackboneStore('vgg16', fullWidths) : place.store
  const backbone = await loadBackbone(options.backbone, store)
  const opened = performance.now()
  const problem = stepProblem(backbone, preset, options.size, {
    content: options.samples,
    style: options.style,
  })
  const { model } = problem
  const constants = await upload(runtime, problem)
  const session = await runtime.session(model.bytes, { onHost: ['losses'] })
  const setupMs = performance.now() - opened

  const device = meter.device()
  const runs: Taken[] = []
  const state: Record<string, Value> = {}
  for (let step = 0; step <= options.steps; step++)
    runs.push(await takeStep(session, problem, constants, state, step, meter))
  const after = meter.device()
  const peakMb = meter.peakMb()
  for (const value of Object.values(state)) value.dispose()
  await session.release()

  const [first, ...others] = runs
  const phasesMs = {
    ...(await phaseTimes(runtime, problem, constants, options.steps)),
    host: least(others.map(({ host }) => host)),
  }
  for (const value of Object.values(constants)) value.dispose()
  const all = others.map(({ whole }) => whole)
  const minMs = least(all)
  const flop = model.flop
  return {
    settings: { ...options, runs: runtime.reason },
    medianMs: tenths(middle(all)),
    minMs: tenths(minMs),
    cpuMs: first.cpu === null ? null : tenths(least(others.map(({ cpu }) => cpu!))),
    firstMs: tenths(first.whole),
    setupMs: tenths(setupMs),
    phasesMs: Object.fromEntries(
      phases.map((name) => [name, tenths(phasesMs[name])]),
    ) as StepFigures['phasesMs'],
    gflop: tenths(flop / 1e9),
    gflops: tenths(flop / 1e6 / minMs),
    nodes: model.nodes,
    movedMb: megabytes(movedBytes(Object.values(stepTensors(problem.spec).outputs))),
    peakMb,
    beforeMb,
    ...(device &&
      after && {
        device: {
          dispatches: Math.round((after.dispatches - device.dispatches) / runs.length),
          boundMb: tenths((after.boundMb - device.boundMb) / runs.length),
        },
      }),
  }
}

interface Taken {
  whole: number
  /** Of it, what did not pass in the graph: drawing places, their tables, reading the losses. */
  host: number
  cpu: number | null
}

async function takeStep(
  session: Session,
  { draw, model }: StepProblem,
  constants: Record<string, Value>,
  state: Record<string, Value>,
  step: number,
  meter: Meter,
): Promise<Taken> {
  const started = performance.now()
  const cpuBefore = meter.cpuMs()
  const feeds = fed(model, { ...constants, ...state, ...draw(step + 1) })
  const begun = performance.now()
  const outputs = await session.run(feeds)
  const graph = performance.now() - begun
  for (const [name, value] of Object.entries(outputs)) {
    const input = Object.keys(constants).find((each) => nextName(each) === name)
    if (!input) continue
    state[input]?.dispose()
    state[input] = value
  }
  const losses = (await outputs.losses.read()) as Float32Array
  outputs.losses.dispose()
  outputs.texture.dispose()
  const whole = performance.now() - started
  const cpu = cpuBefore === null ? null : meter.cpuMs()! - cpuBefore
  if (!losses.every(Number.isFinite)) throw new Error(`Step ${step} computed no numbers: [${losses}].`)
  return { whole, host: whole - graph, cpu }
}

/** Weights and images, on the device as in a run. */
async function upload(runtime: Runtime, { feeds, draw }: StepProblem): Promise<Record<string, Value>> {
  const drawn = draw(1)
  const values: Record<string, Value> = {}
  for (const [name, tensor] of Object.entries(feeds)) {
    if (!(name in drawn)) values[name] = await runtime.upload(tensor)
  }
  return values
}

/** Rounds in which each phase's graph has its turn: what else the machine does meets all of them. */
const rounds = 2

/** Milliseconds of the graph's phases, by {@link StepFigures.phasesMs}. */
async function phaseTimes(
  runtime: Runtime,
  problem: StepProblem,
  constants: Record<string, Value>,
  steps: number,
): Promise<Record<'features' | 'losses' | 'backward' | 'update', number>> {
  const { maps, objective, gradient, outputs } = stepTensors(problem.spec)
  const told = g.reshape(objective, [1])
  const upTo = {
    // Reading one number of the last map waits for all of them.
    features: {
      ...named(maps),
      losses: g.slice(g.reshape(maps.at(-1)!, [sizeOf(maps.at(-1)!.shape)]), 0, 0, 1),
    },
    losses: { losses: told },
    backward: { losses: told, gradient },
    update: outputs,
  }
  const times = {
    features: [] as number[],
    losses: [] as number[],
    backward: [] as number[],
    update: [] as number[],
  }
  for (let round = 0; round < rounds; round++) {
    for (const [phase, ends] of Object.entries(upTo)) {
      const model = toOnnx(ends)
      const session = await runtime.session(model.bytes, { onHost: ['losses'] })
      for (let run = 0; run <= Math.ceil(steps / rounds); run++) {
        const feeds = fed(model, { ...constants, ...problem.draw(run) })
        const begun = performance.now()
        const made = await session.run(feeds)
        // The first run is slower than all others.
        if (run > 0) times[phase as keyof typeof times].push(performance.now() - begun)
        for (const value of Object.values(made)) value.dispose()
      }
      await session.release()
    }
  }
  const [features, losses, backward, update] = Object.values(times).map(least)
  return { features, losses: losses - features, backward: backward - losses, update: update - backward }
}

const named = (maps: readonly Tensor[]) => Object.fromEntries(maps.map((map, k) => [`map_${k}`, map]))

function fed(
  { inputs }: Pick<StepProblem['model'], 'inputs'>,
  feeds: Record<string, Value | HostTensor>,
): Record<string, Value | HostTensor> {
  return Object.fromEntries(inputs.map(({ name }) => [name, feeds[name]]))
}

/** Bytes read and written by all operations of a graph. */
function movedBytes(outputs: readonly Tensor[]): number {
  const bytes = ({ shape, dtype }: Tensor) => sizeOf(shape) * (dtype === 'int64' ? 8 : 4)
  return topological(fold(outputs))
    .filter(({ op, inputs }) => inputs.length > 0 && op !== 'reshape')
    .reduce((sum, tensor) => sum + [tensor, ...tensor.inputs].reduce((all, each) => all + bytes(each), 0), 0)
}

const least = (values: readonly number[]) => Math.min(...values)
const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const tenths = (value: number) => Math.round(10 * value) / 10
