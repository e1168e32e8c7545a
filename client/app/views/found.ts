import { html, nothing, type TemplateResult } from 'lit-html'
import type { FaceBox } from '../../capture/types.ts'
import type { Journey } from '../journey.ts'
import type { Stroke } from '../photo/strokes.ts'
import { isComplete } from '../seen.ts'
import { type PresetName, presetSizes, type TextureSize, textureSizes } from '../state.ts'
import { texts } from '../texts/index.ts'
import { chooser, textOf } from './parts.ts'
import { runChoice } from './runs.ts'

/** Pixels between the eyes below which the photo has fewer pixels than the smallest texture has texels. */
const softBelow = 60

export function foundStage(journey: Journey): TemplateResult {
  const { photo, faces, face, seen, strokes, brushing, brush } = journey.state
  const landmarks = seen?.landmarks ?? null
  return html`
    <photo-board
      .board=${{ photo, faces, face, landmarks, strokes, brushing, brush }}
      @face=${(event: CustomEvent<FaceBox>) => journey.chooseFace(event.detail)}
      @stroke=${(event: CustomEvent<Stroke>) => journey.paint(event.detail)}
    ></photo-board>
  `
}

export function foundPanel(journey: Journey): TemplateResult {
  const { seen, faces, face, work } = journey.state
  const words = texts().found
  const evidence = seen && words.evidence(seen.quality, seen.quality.interOcular < softBelow)
  return html`
    <h1>${work && !seen ? words.wait : seen ? words.heading : words.none}</h1>
    <p role="status" class="found-words">
      ${work ? `${work.words} …` : seen ? words.words(faces.length, seen.quality) : nothing}
      ${!work && faces.length > 1 ? words.another : nothing}
      ${!work && evidence ? html`<small>${evidence}</small>` : nothing}
    </p>
    ${face ? html`${brushTools(journey)} ${choices(journey)}` : nothing}
    <div class="actions">
      ${
        face
          ? html`<button type="button" class="button primary" ?disabled=${!seen || work} @click=${() => journey.refine()}>${words.refine}</button>`
          : nothing
      }
      ${chooser(journey, words.anotherPhoto, face || work ? '' : 'primary')}
    </div>
    ${runChoice(journey)}
  `
}

function brushTools(journey: Journey): TemplateResult {
  const { brushing, brush, strokes } = journey.state
  const words = texts().found
  return html`
    <fieldset class="brush">
      <legend>${words.brushLegend}</legend>
      <div class="tools">
        <button
          type="button"
          class="button small"
          aria-pressed=${brushing}
          @click=${() => {
            journey.useBrush(!brushing)
            // On a phone both the photo and the tools are to be in sight.
            requestAnimationFrame(() =>
              document.querySelector('.tools')?.scrollIntoView({ block: 'nearest' }),
            )
          }}
        >
          ${words.brush}
        </button>
        <label class="size ${brushing ? '' : 'idle'}">
          <span class="unseen">${words.brushSize}</span>
          <input
            type="range"
            min="0.04"
            max="0.4"
            step="0.01"
            .value=${String(brush)}
            ?disabled=${!brushing}
            @input=${(event: Event) => journey.sizeBrush(Number(textOf(event)))}
          />
        </label>
        <button type="button" class="button small" ?disabled=${!strokes.length} @click=${() => journey.undoStroke()}>
          ${words.undo}
        </button>
        <button type="button" class="button small" ?disabled=${!strokes.length} @click=${() => journey.clearStrokes()}>
          ${words.clear}
        </button>
      </div>
      <p>${words.brushLead}</p>
    </fieldset>
  `
}

function choices(journey: Journey): TemplateResult {
  const { preset, size } = journey.state
  const { found: words, presets, figures } = texts()
  return html`
    <fieldset class="presets">
      <legend>${words.presetLegend}</legend>
      ${(Object.keys(presetSizes) as PresetName[]).map(
        (name) => html`
          <label class="preset">
            <input
              type="radio"
              name="preset"
              .checked=${preset === name}
              @change=${() => journey.choosePreset(name)}
            />
            <span><b>${presets[name]}</b><small>${words.presetWords[name]}, ${time(journey, name)}</small></span>
          </label>
        `,
      )}
      <label class="texture-size">
        ${words.textureSize}
        <select @change=${(event: Event) => journey.chooseSize(Number(textOf(event)) as TextureSize)}>
          ${textureSizes.map((side) => html`<option value=${side} .selected=${side === size}>${figures.square(side)}</option>`)}
        </select>
      </label>
    </fieldset>
  `
}

function time({ state: { seen, strokes, estimate } }: Journey, name: PresetName): string {
  const { presetTime, nothingToMake } = texts().found
  if (seen && isComplete(seen) && strokes.length === 0) return nothingToMake
  return presetTime(estimate?.[name] ?? null)
}
