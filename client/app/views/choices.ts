import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { type TextureSize, textureSizes } from '../../run/choices.ts'
import { type PresetName, presetNames, sizeWith } from '../choices.ts'
import type { Painting } from '../journey/painting.ts'
import type { State } from '../journey/state.ts'
import type { SeenFace } from '../messages.ts'
import type { Stroke } from '../photo/strokes.ts'
import { hasNothingToMake } from '../seen.ts'
import { texts } from '../texts/index.ts'
import { textOf } from './parts.ts'

/** The presets, each with the time that it takes here, and the sizes. @param there texels a side of what is shown */
export function choices(
  { choices: { preset, size }, estimate }: Pick<State, 'choices' | 'estimate'>,
  seen: SeenFace | null,
  strokes: readonly Stroke[],
  there: number,
  painting: Painting,
): TemplateResult {
  const { found: words, presets, figures } = texts()
  const isDone = seen !== null && hasNothingToMake(seen, strokes)
  /** The chosen preset's time is of the chosen size, the other's of the size that goes with it. */
  const time = (name: PresetName) =>
    isDone
      ? words.nothingToMake
      : estimate && words.presetTime(estimate[name][name === preset ? size : sizeWith(name, there)])
  return html`
    <fieldset class="presets">
      <legend>${words.presetLegend}</legend>
      ${presetNames.map(
        (name) => html`
          <label class="preset">
            <input
              type="radio"
              name="preset"
              .checked=${live(preset === name)}
              @change=${() => painting.choosePreset(name)}
            />
            <span><b>${presets[name]}</b><small>${[words.presetWords[name], time(name)].filter(Boolean).join(', ')}</small></span>
          </label>
        `,
      )}
      <label class="texture-size">
        ${words.textureSize}
        <select @change=${(event: Event) => painting.chooseSize(Number(textOf(event)) as TextureSize)}>
          ${textureSizes.map((side) => html`<option value=${side} .selected=${live(side === size)}>${figures.square(side)}</option>`)}
        </select>
      </label>
    </fieldset>
  `
}
