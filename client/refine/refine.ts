import { texelUnit } from '../face/texel-unit.ts'
import { gaussianBlur } from '../image/blur.ts'
import { padTexture } from '../image/pad.ts'
import { random } from '../image/random.ts'
import type { ModelStore } from '../runtime/models.ts'
import type { Runtime, Value } from '../runtime/runtime.ts'
import { loadBackbone } from './backbone.ts'
import { assertOfRun, readUnknowns } from './checkpoint.ts'
import { Clock } from './clock.ts'
import { fromStored, toStored } from './colour-space.ts'
import { scaleInputs } from './inputs.ts'
import { adam, type Optimizer, sgd } from './optimizer.ts'
import { fromPlanar, resizeSquare, toPlanar } from './planar.ts'
import { analyse, type Level, synthesise } from './pyramid.ts'
import { float, prepareScale, type RunContext, type Unknowns } from './scale.ts'
import type { Preset } from './schedule.ts'
import { limitDetail } from './skin-bands.ts'
import { levelsName } from './step.ts'
import { stretched } from './stretched.ts'
import { trustedSkin } from './style.ts'
import type { Progress, Refined, RefinementProblem, RefineOptions } from './types.ts'

/** Levels of the Laplacian pyramid besides the residual (official value). */
const depth = 5
/** Above this freedom a texel counts as optimised. */
const freeFrom = 0.05

/** A run that cannot begin or go on. */
export class RefinementError extends Error {
  readonly code: 'diverged' | 'no-backbone' | 'no-style'
  /** N x N x 3, 0..1: the last good texture; null where the run did not begin. */
  readonly texture: Float32Array | null
  /** The facts that the sentence names, so that it can be said in another language. */
  readonly details: Readonly<Record<string, string | number>>
  constructor(
    code: RefinementError['code'],
    message: string,
    texture: Float32Array | null = null,
    details: RefinementError['details'] = {},
  ) {
    super(message)
    this.details = details
    this.name = 'RefinementError'
    this.code = code
    this.texture = texture
  }
}

/**
 * Refines the problem's texture by the preset. Yields after every optimiser step; returns the texture.
 * Pause by not asking for the next step; cancel with `return()`, which frees everything on the device.
 * The runtime and the store stay the caller's.
 *
 * @throws RefinementError where the backbone is missing or the losses stop being finite; DeviceLostError; RangeError where
 * `from` is of another run
 */
export async function* refine(
  problem: RefinementProblem,
  preset: Preset,
  { runtime, store }: { runtime: Runtime; store: ModelStore },
  options: RefineOptions = {},
): AsyncGenerator<Progress, Refined> {
  const { seed = 0, full = false, from, onStage = () => {} } = options
  const { previewSeconds = Number.POSITIVE_INFINITY, checkpointSeconds = Number.POSITIVE_INFINITY } = options
  if (from) assertOfRun(from, { preset: preset.name, size: problem.size, seed })
  const start = performance.now() - 1000 * (from?.seconds ?? 0)
  const seconds = () => (performance.now() - start) / 1000
  const steps: Refined['steps'] = [...(from?.steps ?? [])]
  const secondsPerScale: Refined['secondsPerScale'] = [...(from?.secondsPerScale ?? [])]
  const covered = problem.coverage.reduce((sum, value) => sum + value, 0)
  let flop = 0
  const report = (
    texture: Float32Array,
    summary: string,
    backbone: string | null,
    optimisedTexels: number,
  ): Refined => ({
    size: problem.size,
    texture,
    optimised: backbone !== null,
    optimisedTexels,
    coveredTexels: covered,
    summary,
    preset: preset.name,
    settings: preset.settings,
    seed,
    backbone,
    provider: runtime.provider,
    steps,
    secondsPerScale,
    seconds: seconds(),
    gflop: flop / 1e9,
  })

  const everything = full || !preset.composite
  const task = everything ? { ...problem, freedom: Float32Array.from(problem.coverage) } : problem
  const free = task.freedom.reduce((count, value) => count + (value > freeFrom ? 1 : 0), 0)
  if (free === 0) {
    const summary = 'Every texel is known from the photo or its mirrored side: there was nothing to optimise.'
    return report(problem.content, summary, null, 0)
  }
  if (!task.weight.some((w) => w > 0.5)) {
    throw new RefinementError(
      'no-style',
      'The photo shows no texel clearly enough to learn this skin from; use a photo that shows more of the face.',
    )
  }

  const context = await begin()
  let texture = problem.content
  let lastPreview = seconds()
  let lastCheckpoint = seconds()
  try {
    let content = from?.content ?? problem.content
    const schedule = new Clock(preset, task.size, seconds)
    for (let round = from?.round ?? 0; round < preset.rounds; round++) {
      const factor = preset.roundFactor ** round
      const weights = {
        ...preset.weights,
        content: preset.weights.content / factor,
        photometric: preset.weights.photometric * factor,
      }
      const unknowns = await initialUnknowns(toPlanar(content, task.size), task.size, context)
      const resumed = from?.round === round ? from : null
      let saved: Float32Array | null = null
      try {
        let taken = 0
        if (resumed) {
          await restoreUnknowns(unknowns, resumed.unknowns)
          taken = resumed.taken
        }
        for (const [scaleIndex, { divisor, steps: count }] of preset.scales.entries()) {
          if (resumed && scaleIndex < resumed.scaleIndex) continue
          const within = resumed?.scaleIndex === scaleIndex ? resumed : null
          const before = seconds()
          if (within) context.random.state = within.random.scale
          const randomAtScale = context.random.state
          const inputs = scaleInputs(task, preset, divisor, content, context.random)
          const scale = await prepareScale(context, inputs, weights, unknowns)
          if (within) context.random.state = within.random.step
          const setup = seconds() - before
          const firstStep = within?.step ?? 0
          schedule.setUp(scaleIndex, setup, firstStep)
          try {
            for (let step = firstStep; step < count; step++) {
              const { losses, texture: value } = await scale.step(context.optimizer.rate(++taken))
              flop += scale.flop
              try {
                if (!Object.values(losses).every(Number.isFinite)) {
                  throw new RefinementError(
                    'diverged',
                    `The optimisation left the finite numbers at step ${step + 1} of ${count} (${scale.size} px), so there is no refined texture: try another seed, a smaller size or another preset.`,
                    texture,
                    { step: step + 1, steps: count, scale: scale.size },
                  )
                }
                steps.push({ round, scale: scale.size, step, losses })
                const last = scaleIndex === preset.scales.length - 1 && step === count - 1
                if (last && preset.roundEnd === 'stretched') {
                  saved = stretched((await value.read()) as Float32Array, task.coverage)
                }
                const progress: Progress = {
                  round,
                  rounds: preset.rounds,
                  scale: scale.size,
                  scaleIndex,
                  scales: preset.scales.length,
                  step,
                  steps: count,
                  losses,
                  ...schedule.after(round, scaleIndex, step),
                }
                if (seconds() - lastPreview >= previewSeconds) {
                  const planar = (await value.read()) as Float32Array
                  progress.texture = composite(
                    resizeSquare(fromPlanar(planar, scale.size), scale.size, task.size, 3),
                  )
                  texture = progress.texture
                  lastPreview = seconds()
                }
                if (step < count - 1 && seconds() - lastCheckpoint >= checkpointSeconds) {
                  progress.checkpoint = {
                    preset: preset.name,
                    size: task.size,
                    seed,
                    provider: runtime.provider,
                    round,
                    scaleIndex,
                    step: step + 1,
                    taken,
                    random: { scale: randomAtScale, step: context.random.state },
                    content,
                    unknowns: await readUnknowns(unknowns),
                    steps: [...steps],
                    secondsPerScale: [...secondsPerScale],
                    seconds: seconds(),
                  }
                  lastCheckpoint = seconds()
                }
                yield progress
              } finally {
                value.dispose()
              }
            }
          } finally {
            await scale.dispose()
          }
          secondsPerScale.push({ round, scale: scale.size, setup, steps: seconds() - before - setup })
        }
        content = saved ?? (await readTexture(unknowns, preset, task.size))
        texture = content
      } finally {
        for (const value of unknowns.values.values()) value.dispose()
      }
    }
    texture = padTexture(composite(settle(texture)), task.size, task.coverage)
    return report(texture, summaryOf(free), context.backbone.id, free)
  } finally {
    for (const value of context.weights.values()) value.dispose()
  }

  async function begin(): Promise<RunContext> {
    onStage('Loading the network')
    await requireBackbone(preset, store)
    const backbone = await loadBackbone(preset.backbone, store)
    const weights = new Map<string, Value>()
    for (const [name, { shape, data }] of backbone.weights) {
      weights.set(name, await runtime.upload({ type: 'float32', dims: shape, data }))
    }
    const optimizer = optimizerOf(preset, task.size)
    return { preset, runtime, backbone, optimizer, random: random(seed), weights, onStage }
  }

  async function restoreUnknowns({ values }: Unknowns, kept: Readonly<Record<string, Float32Array>>) {
    for (const [name, data] of Object.entries(kept)) {
      values.get(name)?.dispose()
      values.set(name, await runtime.upload(float(data, [-1])))
    }
  }

  /** The texture where it is free, the content where it is not. */
  function composite(image: Float32Array): Float32Array {
    return image.map((value, k) => {
      const f = task.freedom[Math.floor(k / 3)]
      return Math.min(1, Math.max(0, value * f + problem.content[k] * (1 - f)))
    })
  }

  /**
   * Puts the content's low frequencies back (style moves detail; evidence and relighting settle the light) and bends
   * detail that stands out more than this person's skin does.
   */
  function settle(image: Float32Array): Float32Array {
    const lock = problem.external ? preset.lockSigma.external : preset.lockSigma.unseen
    if (lock === 0) return image
    const { size, content, coverage, features } = problem
    const drift = image.map((value, k) => value - content[k])
    const low = gaussianBlur(drift, size, size, 3, lock * texelUnit(size), task.freedom)
    const locked = image.map((value, k) => value - low[k])
    const { plain } = trustedSkin(problem, size)
    return limitDetail(locked, content, size, { coverage, model: plain, keep: features })
  }

  function summaryOf(count: number): string {
    const share = ((100 * count) / covered).toFixed(count / covered < 0.1 ? 1 : 0)
    const why = everything
      ? ''
      : problem.external
        ? ' that the photo does not show'
        : ' that no side of the photo shows'
    return `${count.toLocaleString('en')} texels (${share}%)${why} were optimised.`
  }
}

/**
 * Looks whether the preset's backbone is installed, so that a run can be refused before any work.
 *
 * @throws RefinementError 'no-backbone', saying how to add it or which there are
 */
export async function requireBackbone(
  preset: Pick<Preset, 'name' | 'backbone'>,
  store: ModelStore,
): Promise<void> {
  const { models } = await store.manifest()
  const known = models.filter(({ purpose }) => purpose === 'backbone').map(({ id }) => id)
  if (known.includes(preset.backbone)) return
  const how =
    preset.backbone === 'vgg16'
      ? 'Its weights are not bundled: add your own with "npm run models -- add vgg16 FILE" (.pth, .safetensors or ONNX; models/vgg16.md says where to get them).'
      : `Backbones here: ${known.join(', ')}.`
  throw new RefinementError(
    'no-backbone',
    `The preset "${preset.name}" needs the backbone "${preset.backbone}". ${how}`,
    null,
    { preset: preset.name, backbone: preset.backbone, known: known.join(', ') },
  )
}

function optimizerOf({ optimizer }: Preset, size: number): Optimizer {
  return optimizer.kind === 'adam'
    ? adam(optimizer.rate, optimizer.beta1, optimizer.beta2)
    : sgd(optimizer.rate * (optimizer.perTexel ? size / 512 : 1), optimizer.momentum)
}

/** The pyramid of an image (planar, 3 x N x N) on the device, with optimiser states of zero. */
export async function initialUnknowns(
  image: Float32Array,
  size: number,
  { preset, runtime, optimizer }: Pick<RunContext, 'preset' | 'runtime' | 'optimizer'>,
): Promise<Unknowns> {
  const stored = toStored(image, preset.chroma)
  const levels = analyse({ height: size, width: size, data: stored }, depth)
  const vector = Float32Array.from(levels.flatMap(({ data }) => [...data]))
  const values = new Map([[levelsName, await runtime.upload(float(vector, [-1]))]])
  for (const state of optimizer.states) {
    values.set(state, await runtime.upload(float(new Float32Array(vector.length), [-1])))
  }
  return { shapes: levels.map(({ height, width }) => ({ height, width })), values }
}

/** The unknowns as a texture N x N x 3, 0..1. */
async function readTexture(unknowns: Unknowns, preset: Preset, size: number): Promise<Float32Array> {
  return fromPlanar(synthesise(await readLevels(unknowns, preset)).data, size)
}

/** The pyramid's levels as they are now, finest first, in plain RGB. */
export async function readLevels(
  { shapes, values }: Unknowns,
  { chroma }: Pick<Preset, 'chroma'>,
): Promise<Level[]> {
  const vector = (await values.get(levelsName)!.read()) as Float32Array
  let end = 0
  return shapes.map(({ height, width }) => {
    const start = end
    end += 3 * height * width
    return { height, width, data: fromStored(vector.subarray(start, end), chroma) }
  })
}
