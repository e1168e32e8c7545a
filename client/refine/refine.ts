/** The schedule of a run: rounds, scales from coarse to fine, steps. */

import { areFinite } from '../image/are-finite.ts'
import { random } from '../image/random.ts'
import type { ModelStore } from '../runtime/models.ts'
import type { Runtime, Value } from '../runtime/runtime.ts'
import { loadBackbone, requireBackbone } from './backbone.ts'
import { assertOfRun, type Checkpoint } from './checkpoint.ts'
import { composite, finished } from './finish.ts'
import { garbled, isOfColours, magnitude, uploaded } from './garbled.ts'
import { scaleInputs } from './inputs.ts'
import { adam, type Optimizer, sgd } from './optimizer.ts'
import { fromPlanar, resizeSquare, toPlanar } from './planar.ts'
import { RefinementError } from './refinement-error.ts'
import type { RunContext } from './run-context.ts'
import { RunLog } from './run-log.ts'
import { prepareScale } from './scale.ts'
import type { Preset } from './schedule.ts'
import { levelsName } from './step.ts'
import { stretched } from './stretched.ts'
import { type Task, taskOf } from './task.ts'
import type { LossName, Progress, Refined, RefinementProblem, RefineOptions } from './types.ts'
import {
  disposeUnknowns,
  initialUnknowns,
  readTexture,
  readUnknowns,
  restoreUnknowns,
  type Unknowns,
} from './unknowns.ts'

/**
 * Refines the problem's texture by the preset. Yields after every optimiser step; returns the texture.
 * Pause by not asking for the next step; cancel with `return()`, which frees everything on the device.
 * The runtime and the store stay the caller's.
 *
 * @throws RefinementError `bad-numbers`, `no-style`, `no-backbone`, `bad-weights`, `bad-checkpoint` before anything is computed;
 * `diverged` where the optimisation leaves the numbers that colours have, `garbled` where the device changes what it keeps, both
 * with the last good texture; DeviceLostError; RangeError where `from` is of another run
 */
export async function* refine(
  problem: RefinementProblem,
  preset: Preset,
  { runtime, store }: { runtime: Runtime; store: ModelStore },
  options: RefineOptions = {},
): AsyncGenerator<Progress, Refined> {
  const { seed = 0, full, from, onStage = () => {} } = options
  const { provider } = runtime
  requireNumbers(problem)
  if (from) assertOfRun(from, { preset: preset.name, size: problem.size, seed }, preset)
  const task = taskOf(problem, preset, full)
  const log = new RunLog(task, preset, options)
  if (task.free === 0) return log.report(problem.content, { backbone: null, provider, seed })
  requireStyle(task)

  let content = from?.content ?? problem.content
  const last = { good: composite(content, task.problem) }
  const context = await begin(preset, problem.size, { runtime, store, seed, onStage }).catch(
    withTexture(last),
  )
  log.begin()
  try {
    const run: Run = { problem: task.problem, preset, context, log, seed, last }
    for (let round = from?.round ?? 0; round < preset.rounds; round++) {
      content = yield* refineRound(run, round, content, from?.round === round ? from : null)
      last.good = composite(content, task.problem)
    }
    const texture = finished(content, task.problem, preset)
    if (!areFinite(texture)) throw garbled()
    return log.report(texture, { backbone: context.backbone.id, provider, seed })
  } catch (error) {
    return withTexture(last)(error)
  } finally {
    for (const value of context.weights.values()) value.dispose()
  }
}

/** Whoever finds out that numbers were garbled knows of no texture. */
const withTexture =
  (last: Run['last']) =>
  (error: unknown): never => {
    throw error instanceof RefinementError && error.code === 'garbled' ? garbled(last.good) : error
  }

interface Run {
  /** With the freedom of this run. */
  problem: RefinementProblem
  preset: Preset
  context: RunContext
  log: RunLog
  seed: number
  /** N x N x 3, 0..1: the last texture that was read and good. */
  last: { good: Float32Array }
}

/**
 * All scales once, from coarse to fine, on one pyramid.
 *
 * @param content N x N x 3, 0..1: what the round begins with
 * @param from where a run of this round goes on
 * @returns N x N x 3: what the next round begins with
 */
async function* refineRound(
  run: Run,
  index: number,
  content: Float32Array,
  from: Checkpoint | null,
): AsyncGenerator<Progress, Float32Array> {
  const { preset, context, problem } = run
  const unknowns = await initialUnknowns(toPlanar(content, problem.size), problem.size, context)
  const round: Round = { index, content, weights: weightsOf(preset, index), unknowns, taken: 0, saved: null }
  try {
    if (from) {
      await restoreUnknowns(unknowns, from.unknowns, context.runtime)
      round.taken = from.taken
    }
    for (const scaleIndex of preset.scales.keys()) {
      if (from && scaleIndex < from.scaleIndex) continue
      yield* refineScale(run, round, scaleIndex, from?.scaleIndex === scaleIndex ? from : null)
    }
    const texture = round.saved ?? (await readTexture(unknowns, preset, problem.size))
    if (!isOfColours(magnitude(texture))) throw garbled()
    return texture
  } finally {
    disposeUnknowns(unknowns)
  }
}

interface Round {
  index: number
  content: Float32Array
  weights: Preset['weights']
  unknowns: Unknowns
  /** Steps taken, over all scales. */
  taken: number
  /** What the official code saves of the round, where the preset wants that. */
  saved: Float32Array | null
}

/** Each round weighs the content less and the photo more. */
function weightsOf({ weights, roundFactor }: Preset, round: number): Preset['weights'] {
  const factor = roundFactor ** round
  return { ...weights, content: weights.content / factor, photometric: weights.photometric * factor }
}

/** The steps of one scale. */
async function* refineScale(
  run: Run,
  round: Round,
  scaleIndex: number,
  from: Checkpoint | null,
): AsyncGenerator<Progress, void> {
  const { problem, preset, context, log } = run
  const { divisor, steps } = preset.scales[scaleIndex]
  log.beginScale()
  if (from) context.random.state = from.random.scale
  const randomAtScale = context.random.state
  const inputs = scaleInputs(problem, preset, divisor, round.content, context.random)
  const scale = await prepareScale(context, inputs, round.weights, round.unknowns)
  if (from) context.random.state = from.random.step
  const firstStep = from?.step ?? 0
  log.scaleReady(scaleIndex, firstStep)
  try {
    for (let step = firstStep; step < steps; step++) {
      const { losses, texture, isSound } = await scale.step(context.optimizer.rate(++round.taken))
      log.stepTaken(scale.flop)
      try {
        const place = { round: round.index, scaleIndex, scale: scale.size, step, steps }
        if (!isSound) throw garbled()
        requireSense(losses, round.unknowns, place, run.last.good)
        const isLast = step === steps - 1
        if (isLast && scaleIndex === preset.scales.length - 1 && preset.roundEnd === 'stretched')
          round.saved = stretched(await readImage(texture), problem.coverage)
        const progress = log.progress(place, losses)
        if (log.isDue('preview')) {
          progress.texture = run.last.good = await preview(texture, scale.size, problem)
          log.done('preview')
        }
        if (!isLast && log.isDue('checkpoint')) {
          progress.checkpoint = await checkpoint(run, round, { scaleIndex, step: step + 1 }, randomAtScale)
          log.done('checkpoint')
        }
        yield progress
      } finally {
        texture.dispose()
      }
    }
  } finally {
    await scale.dispose()
  }
  log.endScale(round.index, scale.size)
}

/** The texture at one scale (planar, on the device) as it would look at full size: N x N x 3, 0..1. */
async function preview(texture: Value, scale: number, problem: RefinementProblem): Promise<Float32Array> {
  const image = fromPlanar(await readImage(texture), scale)
  return composite(resizeSquare(image, scale, problem.size, 3), problem)
}

/** @throws RefinementError `garbled` */
async function readImage(texture: Value): Promise<Float32Array> {
  const image = (await texture.read()) as Float32Array
  if (!isOfColours(magnitude(image))) throw garbled()
  return image
}

/** @param next the step to be taken next */
async function checkpoint(
  { problem, preset, context, log, seed }: Run,
  { index, content, taken, unknowns }: Round,
  next: Pick<Checkpoint, 'scaleIndex' | 'step'>,
  randomAtScale: number,
): Promise<Checkpoint> {
  return {
    ...{ preset: preset.name, size: problem.size, seed, provider: context.runtime.provider },
    ...{ round: index, ...next, taken, content },
    random: { scale: randomAtScale, step: context.random.state },
    unknowns: await readUnknowns(unknowns),
    ...log.kept(),
  }
}

/** Uploads the backbone and readies what stays the same over all scales. */
async function begin(
  preset: Preset,
  size: number,
  {
    runtime,
    store,
    seed,
    onStage,
  }: { runtime: Runtime; store: ModelStore; seed: number; onStage: RunContext['onStage'] },
): Promise<RunContext> {
  onStage('Loading the network')
  await requireBackbone(preset, store)
  const backbone = await loadBackbone(preset.backbone, store)
  const weights = new Map<string, Value>()
  for (const [name, { shape, data }] of backbone.weights) {
    weights.set(name, await uploaded(runtime, { type: 'float32', dims: shape, data }))
  }
  const optimizer = optimizerOf(preset, size)
  return { preset, runtime, backbone, optimizer, random: random(seed), weights, onStage }
}

function optimizerOf({ optimizer }: Preset, size: number): Optimizer {
  return optimizer.kind === 'adam'
    ? adam(optimizer.rate, optimizer.beta1, optimizer.beta2)
    : sgd(optimizer.rate * (optimizer.perTexel ? size / 512 : 1), optimizer.momentum)
}

/** @throws RefinementError `no-style` */
function requireStyle({ problem: { weight } }: Task): void {
  if (weight.some((w) => w > 0.5)) return
  throw new RefinementError(
    'no-style',
    'The photo shows no texel clearly enough to learn this skin from; use a photo that shows more of the face.',
  )
}

/** @throws RefinementError `bad-numbers` */
function requireNumbers({ content, sampled, weight, freedom }: RefinementProblem): void {
  if ([content, sampled, weight, freedom].every(areFinite)) return
  throw new RefinementError(
    'bad-numbers',
    'The numbers that are computed with are none, so there is no texture: choose the photo again.',
  )
}

/** No term of the objective reaches it: activations beyond it overflow when they are squared. */
const mostLoss = 1e12

/**
 * Did the step begin with losses, and end with colours?
 *
 * @throws RefinementError `diverged`, with the last good texture
 */
function requireSense(
  losses: Partial<Record<LossName, number>>,
  { magnitudes }: Unknowns,
  { step, steps, scale }: { step: number; steps: number; scale: number },
  good: Float32Array,
): void {
  const isLoss = (loss: number) => Math.abs(loss) < mostLoss
  const sizes = [...magnitudes.values()]
  if (
    Object.values(losses).every(isLoss) &&
    sizes.every(Number.isFinite) &&
    isOfColours(magnitudes.get(levelsName)!)
  )
    return
  throw new RefinementError(
    'diverged',
    `The optimisation left the finite numbers at step ${step + 1} of ${steps} (${scale} px), so there is no refined texture: try another seed, a smaller size or another preset.`,
    good,
    { step: step + 1, steps, scale },
  )
}
