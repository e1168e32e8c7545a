/** The methods that are compared: each makes a complete texture out of a case. */

import { initialTexture } from '../../client/capture/complete/initial.ts'
import type { Capture } from '../../client/face/types.ts'
import { padTexture } from '../../client/image/pad.ts'
import { fitExternal } from '../../client/refine/external.ts'
import { turnKnobs } from '../../client/refine/knobs.ts'
import { problem } from '../../client/refine/problem.ts'
import { refine } from '../../client/refine/refine.ts'
import { type Preset, presets } from '../../client/refine/schedule.ts'
import type { ModelStore } from '../../client/runtime/models.ts'
import type { Runtime } from '../../client/runtime/runtime.ts'
import { membrane } from './membrane.ts'
import type { Start } from './starts.ts'

export interface Made {
  /** N x N x 3, sRGB-encoded, 0..1. */
  texture: Float32Array
  gflop: number
}

export interface Tools {
  runtime: Runtime
  store: ModelStore
}

export interface Method {
  name: string
  /** What it does, for --help and the report. */
  about: string
  /** From which initial textures it can begin. */
  from: readonly Start['name'][]
  /** Runs a network for some seconds or minutes. */
  costly: boolean
  make(capture: Capture, start: Start, tools: Tools): Promise<Made>
}

const all = ['ours', 'generator-like', 'external'] as const
const elsewhere = ['generator-like', 'external'] as const

const still = (
  name: string,
  about: string,
  from: Method['from'],
  texture: (capture: Capture, content: Float32Array) => Float32Array,
): Method => ({
  ...{ name, about, from, costly: false },
  make: async (capture, { content }) => ({ texture: texture(capture, content ?? capture.content), gflop: 0 }),
})

const plain: Method[] = [
  still('initial', 'the initial texture alone', all, (_, content) => content),
  still(
    'poisson-mirror',
    'mirror and Poisson',
    ['ours'],
    (capture) => initialTexture(capture, { method: 'mirror' }).content,
  ),
  still('membrane', 'plain fill of all that the photo does not show', ['ours'], (capture) =>
    membrane(capture, null),
  ),
  still(
    'membrane-none',
    'initial texture, plain fill of what neither side shows',
    ['ours'],
    (capture, content) => membrane(capture, content),
  ),
  still(
    'blend',
    'the photo laid over by its weight',
    elsewhere,
    ({ sampled, weight, size, coverage }, content) => {
      const mixed = content.map((value, k) => {
        const w = weight[Math.floor(k / 3)]
        return value * (1 - w) + sampled[k] * w
      })
      return padTexture(mixed, size, coverage)
    },
  ),
  still('relit', 'relit by the photo and composited, no network', elsewhere, (capture, content) =>
    fitExternal(content, capture.content, capture),
  ),
]

/** A refinement by a preset. `asIs`: external content goes in unchanged, as in the official code. */
function refinement(
  name: string,
  about: string,
  preset: Preset,
  { full = false, asIs = false } = {},
): Method {
  return {
    ...{ name, about, from: all, costly: true },
    async make(capture, { content }, tools) {
      const posed = problem(capture, { content: content ?? undefined, asIs })
      const steps = refine(posed, preset, tools, { full })
      for (;;) {
        const next = await steps.next()
        if (next.done) return { texture: next.value.texture, gflop: next.value.gflop }
      }
    },
  }
}

const { draft } = presets
const turned = (settings: Record<string, string>, base: Preset = draft) => turnKnobs(base, settings)
/** The published way of optimising, with what a test machine can bear: one round of 60 steps, Inception's features. */
const published: Preset = {
  ...presets.paper,
  backbone: draft.backbone,
  rounds: 1,
  scales: [
    { divisor: 2, steps: 20 },
    { divisor: 1, steps: 40 },
  ],
  optimizer: { ...draft.optimizer, rate: 0.003 },
  samples: { content: 512, style: 1000 },
}

const whole: Method[] = [
  refinement('draft', draft.description, draft),
  refinement('standard', presets.standard.description, presets.standard),
  refinement('paper', presets.paper.description, presets.paper, { asIs: true }),
  refinement('published', "the paper's terms and masks, Inception features, 60 steps", published, {
    asIs: true,
  }),
  refinement(
    'strotss',
    'the same without the photometric term',
    turned({ 'photometric-weight': '0' }, published),
    {
      asIs: true,
    },
  ),
  refinement(
    'photometric',
    'the photometric term alone',
    turned({ 'content-weight': '0', 'style-weight': '0' }, published),
    { asIs: true },
  ),
  refinement('draft-full', 'every texel optimised, also those with evidence', draft, { full: true }),
]

const stepsOfDraft = draft.scales.reduce((sum, { steps }) => sum + steps, 0)

const ablations: Method[] = [
  refinement('draft: no content', 'without self-similarity', turned({ 'content-weight': '0' })),
  refinement('draft: no style', 'without REMD, moments and colour', turned({ 'style-weight': '0' })),
  refinement('draft: no colour', 'without the colour term', turned({ 'colour-weight': '0' })),
  refinement('draft: photometric', 'with the photometric term', turned({ 'photometric-weight': '20' })),
  refinement('draft: style everywhere', 'style from all that is visible', turned({ style: 'visible' })),
  refinement('draft: no style mask', 'style from the whole square', turned({ style: 'all' })),
  refinement('draft: no flips', 'no style from the mirror image', turned({ flips: '0' })),
  refinement('draft: no warm start', 'outside the composite', { ...draft, composite: false }, { full: true }),
  refinement('draft: coarse only', 'half size alone', {
    ...draft,
    scales: [{ divisor: 2, steps: stepsOfDraft }],
  }),
  refinement('draft: fine only', 'full size alone', {
    ...draft,
    scales: [{ divisor: 1, steps: stepsOfDraft }],
  }),
  refinement('draft: 2 rounds', 'twice over', turned({ rounds: '2' })),
  refinement(
    'draft: half the samples',
    '128 and 250 samples',
    turned({ samples: '128', 'style-samples': '250' }),
  ),
  refinement(
    'draft: twice the samples',
    '512 and 1,000',
    turned({ samples: '512', 'style-samples': '1000' }),
  ),
  refinement('draft: half the steps', '2 and 4 steps', {
    ...draft,
    scales: draft.scales.map((scale) => ({ ...scale, steps: scale.steps / 2 })),
  }),
  refinement('draft: twice the steps', '8 and 16 steps', {
    ...draft,
    scales: draft.scales.map((scale) => ({ ...scale, steps: 2 * scale.steps })),
  }),
  refinement('draft: no lock', 'low frequencies stay as optimised', {
    ...draft,
    lockSigma: { external: 0, unseen: 0 },
  }),
  refinement('draft: as it is', 'external content neither relit nor composited', draft, { asIs: true }),
]

export const methods: readonly Method[] = [...plain, ...whole, ...ablations]

/** What is run where --methods does not say. */
export function usualMethods(presetNames: readonly string[]): Method[] {
  const usual = ['initial', 'poisson-mirror', 'membrane', 'membrane-none', 'blend', 'relit', ...presetNames]
  return methods.filter(({ name }) => usual.includes(name))
}
