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
    /**
     * `rate` holds for a 512 px texture. `perTexel` scales it by N / 512, as a texel's share of the loss grows when N
     * shrinks; the official code takes it as it is, and its loss explodes at 64 px (README, row 2).
     */
    | { kind: 'sgd'; rate: number; momentum: number; perTexel: boolean }
  /** Hypercolumns a step from the texture and the content, and a scale from the style. */
  samples: { content: number; style: number }
  /**
   * `grid`: positions of the texture are drawn on a grid of at most 128 x 128 at a random offset, which stays for a
   * scale, so that most texels are never looked at (README, row 7).
   */
  sampling: 'everywhere' | 'grid'
  /**
   * Where the style is sampled: `kindred` as style.ts weighs it; `visible`: evenly over all that the photo shows; `all`:
   * the whole square, black where nothing is known, as the official code without --use_style_mask (README, row 4).
   */
  style: 'kindred' | 'visible' | 'all'
  /** Share of the style samples that come from the left-right flip, where the UV layout is symmetric. */
  flips: number
  /** Compare texture and content on the face alone (the UV layout's full-face mask), not on the whole square. */
  contentMask: boolean
  /** Add unit Gaussian noise to the content's three deepest taps (--add_noise; README, row 8). */
  noise: boolean
  /** Official names: content 8, style 1.7, photometric 20; colour is multiplied by style / max(content, 1). */
  weights: { content: number; style: number; colour: number; photometric: number }
  remd: 'one-sided' | 'two-sided'
  /** Width of the kernel that erodes the photometric mask, as a share of the picture's side; 0: none. */
  erosion: number
  /** `nearest-vertex`: colours live at the mesh's vertices and are interpolated over its triangles (README, row 10). */
  renderer: 'per-pixel' | 'nearest-vertex'
  /** Each round divides the content weight and multiplies the photometric weight by this. */
  roundFactor: number
  /**
   * `stretched`: what the official code saves: the texture before the last step, min-max stretched over all channels, in
   * 8 bits, black beside the face (README, row 3).
   */
  roundEnd: 'float' | 'stretched'
  /** Chroma of the pyramid is stored divided by this, which damps its steps (1: plain RGB). */
  chroma: number
  /** Optimise inside the composite with the evidence (warm start), instead of the free texture. */
  composite: boolean
  /**
   * At the end, frequencies below this sigma (texels of a 256 px texture) go back to the content's; 0: never. Content from
   * outside has structure that has to move; what is filled over unseen texels only lacks grain.
   */
  lockSigma: { external: number; unseen: number }
  /** What was changed, by name (knobs.ts; `official`), for the record of a result. */
  settings: Readonly<Record<string, string>>
}

/** What all presets do alike. */
const common = {
  sampling: 'everywhere',
  contentMask: true,
  noise: false,
  remd: 'one-sided',
  erosion: 1 / 20,
  renderer: 'per-pixel',
  roundEnd: 'float',
  settings: {},
} as const

/**
 * What `draft` and `standard` share: Adam on a pyramid whose chroma moves slowly, weighted Inception taps, inside the
 * composite. Each was measured (test/evaluation/decisions/parts-of-draft.md).
 */
const recipe = {
  ...common,
  backbone: 'inception-v3',
  rounds: 1,
  optimizer: { kind: 'adam', rate: 0.0045, beta1: 0.9, beta2: 0.99 },
  style: 'kindred',
  flips: 0.5,
  weights: { content: 8, style: 1.7, colour: 16, photometric: 0 },
  roundFactor: 1,
  chroma: 0.2,
  composite: true,
  lockSigma: { external: 16, unseen: 5 },
} as const

export const presets = {
  instant: {
    ...recipe,
    name: 'instant',
    description: 'At once: the texture as it was captured and completed, with nothing optimised.',
    rounds: 0,
    scales: [],
    samples: { content: 0, style: 0 },
  },
  draft: {
    ...recipe,
    name: 'draft',
    description: 'A first look: a 256 px texture, some seconds on a laptop without a GPU.',
    scales: [
      { divisor: 2, steps: 4 },
      { divisor: 1, steps: 8 },
    ],
    samples: { content: 256, style: 500 },
  },
  standard: {
    ...recipe,
    name: 'standard',
    description: 'Full quality: a 512 px texture, a quarter of a minute on a laptop without a GPU.',
    scales: [
      { divisor: 4, steps: 4 },
      { divisor: 2, steps: 8 },
      { divisor: 1, steps: 5 },
    ],
    samples: { content: 512, style: 1000 },
  },
  /** The published recipe, with the better behaviour wherever README.md here lists one. */
  paper: {
    ...common,
    name: 'paper',
    description:
      'The published recipe: 1,500 steps with VGG16 weights that you add yourself. Needs a large GPU.',
    backbone: 'vgg16',
    rounds: 5,
    scales: [
      { divisor: 2, steps: 150 },
      { divisor: 1, steps: 150 },
    ],
    optimizer: { kind: 'sgd', rate: 0.3, momentum: 0.9, perTexel: true },
    samples: { content: 2048, style: 5000 },
    style: 'visible',
    flips: 0.6,
    weights: { content: 8, style: 1.7, colour: 1, photometric: 20 },
    roundFactor: 1.1,
    chroma: 1,
    composite: false,
    lockSigma: { external: 0, unseen: 0 },
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets

/** The official code's behaviour where `paper` does better. Its published script runs without noise and without masks. */
export const official = {
  sampling: 'grid',
  style: 'all',
  contentMask: false,
  noise: false,
  remd: 'one-sided',
  erosion: 1 / 20,
  renderer: 'nearest-vertex',
  roundEnd: 'stretched',
} as const satisfies Partial<Preset>

/** A preset as the official code would run it. */
export function officially(preset: Preset): Preset {
  const { optimizer } = preset
  return {
    ...preset,
    ...official,
    optimizer: optimizer.kind === 'sgd' ? { ...optimizer, perTexel: false } : optimizer,
    settings: { ...preset.settings, official: 'on' },
  }
}
