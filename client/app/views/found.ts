import { html, nothing, type TemplateResult } from 'lit-html'
import type { FaceBox } from '../../face/types.ts'
import { type PresetName, presetNames, presetSizes, type TextureSize, textureSizes } from '../choices.ts'
import type { Journey } from '../journey.ts'
import { mayHaveCamera } from '../photo/photo-booth.ts'
import type { Stroke } from '../photo/strokes.ts'
import { isComplete, proposedCover } from '../seen.ts'
import { texts } from '../texts/index.ts'
import { chooser, textOf, underWay } from './parts.ts'
import { keptOffer, sampleButton } from './photo.ts'
import { runChoice } from './runs.ts'

/** Pixels between the eyes below which the photo has fewer pixels than the smallest texture has texels. */
const softBelow = 60

export function foundStage(journey: Journey): TemplateResult {
  const { photo, faces, face, seen, strokes, brushing, brush } = journey.state
  const landmarks = seen?.landmarks ?? null
  return html`
    <photo-board
      .board=${{ photo, faces, face, landmarks, strokes, proposed: proposedCover(journey.state)?.strokes ?? [], brushing, brush }}
      @face=${(event: CustomEvent<FaceBox>) => journey.chooseFace(event.detail)}
      @stroke=${(event: CustomEvent<Stroke>) => journey.paint(event.detail)}
    ></photo-board>
  `
}

export function foundPanel(journey: Journey): TemplateResult {
  const { seen, work, kept } = journey.state
  const offer = kept ? keptOffer(journey) : nothing
  return seen || work ? html`${offer} ${facePanel(journey)}` : html`${offer} ${waysOn(journey)}`
}

function facePanel(journey: Journey): TemplateResult {
  const { state } = journey
  const { seen, faces, face, work, photo, fault, strokes } = state
  const words = texts().found
  const evidence = seen && words.evidence(seen.quality, seen.quality.interOcular < softBelow)
  const toCome = work ? null : underWay(state)
  const isPainted = fault === 'no-style' || fault === 'little-shown'
  const isPoor = photo?.source === 'camera' && seen && (seen.flaws.dark || seen.flaws.blurred)
  return html`
    <h1>${work && !seen ? words.wait : words.heading}</h1>
    <p role="status" class="found-words">
      ${work ? underWay(state) : seen ? words.words(faces.length, seen.quality) : nothing}
      ${!work && faces.length > 1 ? words.another : nothing}
      ${!work && evidence ? html`<small>${evidence}</small>` : nothing}
    </p>
    ${face ? html`${coverOffer(journey)} ${brushTools(journey)} ${choices(journey)}` : nothing}
    ${toCome ? html`<p><small>${toCome}</small></p>` : nothing}
    <div class="actions">
      ${
        face
          ? html`<button type="button" class="button ${isPoor ? '' : 'primary'}" ?disabled=${!seen || work} @click=${() => journey.refine()}>${words.refine}</button>`
          : nothing
      }
      ${isPainted && strokes.length > 0 ? html`<button type="button" class="button" @click=${() => journey.clearStrokes()}>${words.clearBrush}</button>` : nothing}
      ${photo?.source === 'camera' ? takeButton(journey, words.takeAgain, isPoor ? 'primary' : '') : nothing}
      ${chooser(journey, words.anotherPhoto, face || work ? '' : 'primary')}
    </div>
    ${runChoice(journey)}
  `
}

/** What lies over the face, shown on the photo, is left out by one click. */
function coverOffer(journey: Journey): TemplateResult {
  const cover = journey.state.work ? null : proposedCover(journey.state)
  if (!cover) return html`${nothing}`
  const words = texts().found
  return html`
    <section class="message cover" aria-label=${words.coverHeading}>
      <p role="status">${words.covered[cover.hides]}</p>
      <button type="button" class="button small" @click=${() => journey.paintCover()}>${words.leaveOut}</button>
    </section>
  `
}

/** Faults that the same photo would have again. */
const ofThePhoto = new Set([
  ...['no-face', 'part-of-face', 'too-small', 'little-shown'],
  ...['not-an-image', 'empty', 'heic', 'unread-format', 'damaged', 'unreadable', 'too-large'],
])

/** Where there is no face to refine: whatever may help, the likeliest first. */
function waysOn(journey: Journey): TemplateResult {
  const { photo, faces, fault } = journey.state
  const words = texts().found
  const isPhoto = fault !== null && ofThePhoto.has(fault)
  const isCamera = photo?.source === 'camera'
  const headings: Record<string, string> = {
    'too-small': words.tooSmall,
    'little-shown': words.littleShown,
    'part-of-face': words.littleShown,
    'no-face': words.none,
  }
  const heading = headings[fault ?? 'no-face'] ?? words.failed
  const again = html`<button type="button" class="button primary" @click=${() => journey.lookAgain()}>${words.tryAgain}</button>`
  const turn = html`<button type="button" class="button" @click=${() => journey.turnPhoto()}>${words.turn}</button>`
  return html`
    <h1>${heading}</h1>
    <p role="status">${faces.length > 1 ? words.another : nothing}</p>
    <div class="actions">
      ${isPhoto ? nothing : again}
      ${isCamera ? takeButton(journey, words.takeAgain, isPhoto ? 'primary' : '') : nothing}
      ${chooser(journey, words.anotherPhoto, isPhoto && !isCamera ? 'primary' : '')}
      ${isCamera ? nothing : takeButton(journey, texts().photo.take)} ${fault === 'no-face' ? turn : nothing}
    </div>
    ${sampleButton(journey)} ${runChoice(journey)}
  `
}

function takeButton(journey: Journey, words: string, className = '') {
  if (!mayHaveCamera()) return nothing
  return html`<button type="button" class="button ${className}" @click=${() => journey.openCamera()}>${words}</button>`
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
      ${presetNames.map(
        (name) => html`
          <label class="preset">
            <input
              type="radio"
              name="preset"
              .checked=${preset === name}
              @change=${() => journey.choosePreset(name)}
            />
            <span><b>${presets[name]}</b><small>${[words.presetWords[name], time(journey, name)].filter(Boolean).join(', ')}</small></span>
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

/** The chosen preset's time is of the chosen size, the other's of the size that goes with it. */
function time({ state }: Journey, name: PresetName): string | null {
  const { seen, strokes, estimate, preset, size } = state
  const { presetTime, nothingToMake } = texts().found
  if (seen && isComplete(seen) && strokes.length === 0) return nothingToMake
  return estimate && presetTime(estimate[name][name === preset ? size : presetSizes[name]])
}
