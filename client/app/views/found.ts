import { html, nothing, type TemplateResult } from 'lit-html'
import type { FaceBox } from '../../capture/types.ts'
import type { Journey } from '../journey.ts'
import type { Stroke } from '../photo/strokes.ts'
import { presetChoices, type TextureSize, textureSizes } from '../state.ts'
import { evidenceWords, foundWords } from '../words.ts'
import { chooser } from './parts.ts'

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
  return html`
    <h1>${work && !seen ? 'One moment' : seen ? 'Face found' : 'No face to refine'}</h1>
    <p role="status" class="found-words">
      ${work ? `${work.words} …` : seen ? foundWords(faces.length, seen.quality) : nothing}
      ${!work && faces.length > 1 ? 'Click another to choose it.' : nothing}
      ${!work && seen ? html`<small>${evidenceWords(seen.quality)}</small>` : nothing}
    </p>
    ${face ? html`${brushTools(journey)} ${choices(journey)}` : nothing}
    <div class="actions">
      ${
        face
          ? html`<button type="button" class="button primary" ?disabled=${!seen || work} @click=${() => journey.refine()}>Refine</button>`
          : nothing
      }
      ${chooser(journey, 'Another photo', face || work ? '' : 'primary')}
    </div>
  `
}

function brushTools(journey: Journey): TemplateResult {
  const { brushing, brush, strokes } = journey.state
  return html`
    <fieldset class="brush">
      <legend>Anything in the way?</legend>
      <p>Paint over hair, glasses or hands: what is under them is then made anew.</p>
      <div class="tools">
        <button
          type="button"
          class="button small"
          aria-pressed=${brushing}
          @click=${() => journey.useBrush(!brushing)}
        >
          Brush
        </button>
        <label class="size ${brushing ? '' : 'idle'}">
          <span class="unseen">Brush size</span>
          <input
            type="range"
            min="0.04"
            max="0.4"
            step="0.01"
            .value=${String(brush)}
            ?disabled=${!brushing}
            @input=${(event: Event) => journey.sizeBrush(Number((event.target as HTMLInputElement).value))}
          />
        </label>
        <button type="button" class="button small" ?disabled=${!strokes.length} @click=${() => journey.undoStroke()}>
          Undo
        </button>
        <button type="button" class="button small" ?disabled=${!strokes.length} @click=${() => journey.clearStrokes()}>
          Clear
        </button>
      </div>
    </fieldset>
  `
}

function choices(journey: Journey): TemplateResult {
  const { preset, size } = journey.state
  return html`
    <fieldset class="presets">
      <legend>How fine?</legend>
      ${presetChoices.map(
        ({ name, title, words }) => html`
          <label class="preset">
            <input
              type="radio"
              name="preset"
              .checked=${preset === name}
              @change=${() => journey.choosePreset(name)}
            />
            <span><b>${title}</b><small>${words}</small></span>
          </label>
        `,
      )}
      <label class="texture-size">
        Texture size
        <select @change=${(event: Event) => journey.chooseSize(Number((event.target as HTMLSelectElement).value) as TextureSize)}>
          ${textureSizes.map((side) => html`<option value=${side} .selected=${side === size}>${side} × ${side}</option>`)}
        </select>
      </label>
    </fieldset>
  `
}
