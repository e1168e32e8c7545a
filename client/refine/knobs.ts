/** Every number and choice of a preset that a person may turn, by name. */
import type { Preset } from './schedule.ts'

interface Knob {
  /** What may be given, for people. */
  values: string
  /** What it does, for people. */
  about: string
  /** @throws RangeError where `text` is no such value */
  turn(preset: Preset, text: string): Preset
}

const choice = <T extends string>(
  values: readonly T[],
  about: string,
  set: (value: T, preset: Preset) => Partial<Preset>,
): Knob => ({
  values: values.join(' or '),
  about,
  turn: (preset, text) => {
    const value = values.find((valid) => valid === text)
    if (value === undefined) throw new RangeError()
    return { ...preset, ...set(value, preset) }
  },
})

const toggle = (about: string, set: (on: boolean, preset: Preset) => Partial<Preset>): Knob =>
  choice(['on', 'off'], about, (value, preset) => set(value === 'on', preset))

const number = (
  low: number,
  high: number,
  about: string,
  set: (value: number, preset: Preset) => Partial<Preset>,
  whole = false,
): Knob => ({
  values: `${whole ? 'a whole number from ' : ''}${low} to ${high}`,
  about,
  turn: (preset, text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) throw new RangeError()
    return { ...preset, ...set(value, preset) }
  },
})

const whole = (
  low: number,
  high: number,
  about: string,
  set: (value: number, preset: Preset) => Partial<Preset>,
) => number(low, high, about, set, true)

const weight = (name: keyof Preset['weights'], about: string) =>
  number(0, 1000, about, (value, { weights }) => ({ weights: { ...weights, [name]: value } }))

export const knobs: Readonly<Record<string, Knob>> = {
  rounds: whole(1, 50, 'times over all scales', (rounds) => ({ rounds })),
  steps: whole(1, 10_000, 'optimiser steps at each scale', (steps, { scales }) => ({
    scales: scales.map((scale) => ({ ...scale, steps })),
  })),
  rate: number(0, 10, 'learning rate (SGD: at 512 px)', (rate, { optimizer }) => ({
    optimizer: { ...optimizer, rate },
  })),
  'rate-per-texel': toggle('SGD: scale the rate with the texture’s side', (perTexel, { optimizer }) => ({
    optimizer: optimizer.kind === 'sgd' ? { ...optimizer, perTexel } : optimizer,
  })),
  samples: whole(16, 16_384, 'hypercolumns of the texture a step', (content, { samples }) => ({
    samples: { ...samples, content },
  })),
  'style-samples': whole(16, 65_536, 'hypercolumns of the style a scale', (style, { samples }) => ({
    samples: { ...samples, style },
  })),
  sampling: choice(['everywhere', 'grid'], 'where the texture is sampled', (sampling) => ({ sampling })),
  style: choice(
    ['kindred', 'visible', 'all'],
    'style mask: near and like what is missing, all visible texels, none',
    (style) => ({ style }),
  ),
  flips: number(0, 1, 'share of the style that comes from the mirror image', (flips) => ({ flips })),
  'content-mask': toggle('compare texture and content on the face alone', (contentMask) => ({ contentMask })),
  noise: toggle('noise on the content’s deep taps', (noise) => ({ noise })),
  remd: choice(['one-sided', 'two-sided'], 'directions of the relaxed EMD', (remd) => ({ remd })),
  erosion: number(0, 0.25, 'width taken off the photometric mask’s rim, share of the picture', (erosion) => ({
    erosion,
  })),
  renderer: choice(['per-pixel', 'nearest-vertex'], 'how the texture is rendered', (renderer) => ({
    renderer,
  })),
  'round-end': choice(['float', 'stretched'], 'what a round hands on', (roundEnd) => ({ roundEnd })),
  'round-factor': number(1, 4, 'content / this, photometric x this after a round', (roundFactor) => ({
    roundFactor,
  })),
  'content-weight': weight('content', 'self-similarity'),
  'style-weight': weight('style', 'REMD and moments'),
  'colour-weight': weight('colour', 'colour term against style-weight / max(content-weight, 1)'),
  'photometric-weight': weight('photometric', 'photo against render'),
}

/**
 * Turns knobs in the order given.
 *
 * @param settings name -> value as text
 * @throws RangeError naming the knob, what was given and what is possible
 */
export function turnKnobs(preset: Preset, settings: Readonly<Record<string, string>>): Preset {
  let turned = preset
  for (const [name, text] of Object.entries(settings)) {
    const knob = Object.hasOwn(knobs, name) ? knobs[name] : null
    if (!knob)
      throw new RangeError(`There is no setting "${name}"; there are ${Object.keys(knobs).join(', ')}.`)
    if (name === 'rate-per-texel' && preset.optimizer.kind !== 'sgd') {
      throw new RangeError(
        `The preset "${preset.name}" uses Adam, whose rate does not depend on the size: leave out ${name}.`,
      )
    }
    try {
      turned = knob.turn(turned, text)
    } catch {
      throw new RangeError(`The setting ${name} is "${text}"; it can be ${knob.values}.`)
    }
  }
  const { content, style, photometric } = turned.weights
  if (content + style + photometric === 0) {
    throw new RangeError('All loss weights are 0, so there is nothing to optimise: set one of them above 0.')
  }
  return { ...turned, settings: { ...preset.settings, ...settings } }
}
