import { type PresetName, presets } from '../../client/refine/schedule.ts'
import type { Provider } from '../../client/runtime/runtime.ts'

const providers = ['node', 'wasm', 'webgpu'] as const satisfies Provider[]
/** Names as they are typed, and those of the models. */
const backbones = { inception: 'inception-v3', vgg16: 'vgg16' } as const

/** What is typed, by option; texts. */
export type Typed = Readonly<Record<string, string | boolean | undefined>>

export interface StepOptions {
  provider: Provider
  threads?: number
  /** Whose losses and optimiser. */
  preset: PresetName
  backbone: string
  /** Weights of the right size and spread instead of trained ones. */
  randomWeights: boolean
  /** Texels a side. */
  size: number
  /** Hypercolumns of the texture and of the style. */
  samples: number
  style: number
  /** Timed ones, after the first. */
  steps: number
}

/** @throws RangeError naming what was typed and what can be */
export function stepOptions(typed: Typed): StepOptions {
  const backbone = choice('backbone', typed.backbone, ['inception', 'vgg16'])
  const name = backbone === 'vgg16' ? 'paper' : 'standard'
  const preset = choice('preset', typed.preset ?? name, ['draft', 'standard', 'paper'])
  const { samples } = presets[preset]
  return {
    ...placeOptions(typed),
    preset,
    backbone: backbones[backbone],
    randomWeights: Boolean(typed['random-weights']),
    size: number('size', typed.size, 256, 8),
    samples: number('samples', typed.samples, samples.content, 2),
    style: number('style', typed.style, samples.style, 2),
    steps: number('steps', typed.steps, 5, 1),
  }
}

export interface GrowthOptions {
  provider: Provider
  threads?: number
  steps: number
}

/** @throws RangeError as above */
export function growthOptions(typed: Typed): GrowthOptions {
  return { ...placeOptions(typed), steps: number('steps', typed.steps, 2000, 4) }
}

/** @throws RangeError as above */
export function placeOptions(typed: Typed): { provider: Provider; threads?: number } {
  const threads = typed.threads === undefined ? undefined : number('threads', typed.threads, 1, 1)
  return { provider: choice('provider', typed.provider, providers), threads }
}

/** @returns the first choice where nothing was typed */
export function choice<T extends string>(name: string, typed: Typed[string], choices: readonly T[]): T {
  const chosen = choices.find((each) => each === (typed ?? choices[0]))
  if (chosen) return chosen
  throw new RangeError(`--${name} is "${typed}"; choose ${choices.join(', ')}.`)
}

export function number(name: string, typed: Typed[string], fallback: number, least: number): number {
  const value = typed === undefined ? fallback : Number(typed)
  if (Number.isInteger(value) && value >= least) return value
  throw new RangeError(`--${name} is "${typed}"; give a whole number of at least ${least}.`)
}
