/** Presets: every number of a run, as data. */

export interface Preset {
  name: string
  /** For people: what it is good for. */
  description: string
  /** Model id of the backbone. */
  backbone: string
  rounds: number
  /** Coarse to fine. `divisor`: the texture's side over this scale's side. */
  scales: readonly { divisor: number; steps: number }[]
  optimizer:
    | { kind: 'adam'; rate: number; beta1: number; beta2: number }
    /** `rate` holds for a 512 px texture and is scaled by N / 512: a texel's share of the loss grows as N shrinks (quirk 2). */
    | { kind: 'sgd'; rate: number; momentum: number }
  /** Hypercolumns a step from the texture and the content, and a scale from the style. */
  samples: { content: number; style: number; stride: (divisor: number) => number }
  /** Official names: content 8, style 1.7, photometric 20; colour is multiplied by style / max(content, 1). */
  weights: { content: number; style: number; colour: number; photometric: number }
  /** Each round divides the content weight and multiplies the photometric weight by this. */
  roundFactor: number
  /** Chroma of the pyramid is stored times this, which damps its steps (1: plain RGB). */
  chroma: number
  /** Optimise inside the composite with the evidence (warm start), instead of the free texture. */
  composite: boolean
  /**
   * At the end, frequencies below this sigma (texels of a 256 px texture) go back to the content's; 0: never. For content
   * from outside its structure has to move; a membrane over unseen texels only lacks grain.
   */
  lockSigma: { external: number; unseen: number }
  twoSidedRemd: boolean
}

const everywhere = () => 1

/** RECIPE.md's measured settings: Adam on a chroma-damped pyramid, weighted Inception taps, inside the composite. */
const recipe = {
  backbone: 'inception-v3',
  rounds: 1,
  optimizer: { kind: 'adam', rate: 0.003, beta1: 0.9, beta2: 0.99 },
  weights: { content: 8, style: 1.7, colour: 16, photometric: 0 },
  roundFactor: 1,
  chroma: 0.2,
  composite: true,
  lockSigma: { external: 16, unseen: 5 },
  twoSidedRemd: false,
} as const

export const presets = {
  draft: {
    ...recipe,
    name: 'draft',
    description: 'Quick: a 256 px texture, half a minute on a laptop without a GPU.',
    scales: [
      { divisor: 2, steps: 20 },
      { divisor: 1, steps: 40 },
    ],
    samples: { content: 512, style: 1000, stride: everywhere },
  },
  standard: {
    ...recipe,
    name: 'standard',
    description: 'Full quality: a 512 px texture, some minutes on a laptop without a GPU.',
    scales: [
      { divisor: 4, steps: 20 },
      { divisor: 2, steps: 40 },
      { divisor: 1, steps: 30 },
    ],
    samples: { content: 1024, style: 2000, stride: everywhere },
  },
  /** REFERENCE.md's table: the official code's published run. */
  paper: {
    name: 'paper',
    description:
      'The published recipe: 1,500 steps with VGG16 weights that you add yourself. Needs a large GPU.',
    backbone: 'vgg16',
    rounds: 5,
    scales: [
      { divisor: 2, steps: 150 },
      { divisor: 1, steps: 150 },
    ],
    optimizer: { kind: 'sgd', rate: 0.3, momentum: 0.9 },
    samples: { content: 2048, style: 5000, stride: (divisor) => 4 / divisor },
    weights: { content: 8, style: 1.7, colour: 1, photometric: 20 },
    roundFactor: 1.1,
    chroma: 1,
    composite: false,
    lockSigma: { external: 0, unseen: 0 },
    twoSidedRemd: false,
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets
