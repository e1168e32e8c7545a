import { html, nothing, type TemplateResult } from 'lit-html'
import type { Cover } from '../../face/types.ts'
import type { Painting } from '../journey/painting.ts'
import type { State } from '../journey/state.ts'
import { texts } from '../texts/index.ts'
import { textOf } from './parts.ts'

/** What lies over the face, shown on the photo, is left out by one click. */
export function coverOffer(cover: Cover | null, painting: Painting): TemplateResult {
  if (!cover) return html`${nothing}`
  const words = texts().found
  return html`
    <section class="message cover" aria-label=${words.coverHeading}>
      <p role="status">${words.covered[cover.hides]}</p>
      <button type="button" class="button small" @click=${() => painting.paintCover()}>${words.leaveOut}</button>
    </section>
  `
}

/** @param isPainted is there anything to take back? */
export function brushTools(
  { out, width }: State['brush'],
  isPainted: boolean,
  painting: Painting,
): TemplateResult {
  const words = texts().found
  const use = () => {
    painting.useBrush(!out)
    // On a phone both the photo and the tools are to be in sight.
    requestAnimationFrame(() => document.querySelector('.tools')?.scrollIntoView({ block: 'nearest' }))
  }
  return html`
    <fieldset class="brush">
      <legend>${words.brushLegend}</legend>
      <div class="tools">
        <button type="button" class="button small" aria-pressed=${out} @click=${use}>${words.brush}</button>
        <label class="size ${out ? '' : 'idle'}">
          <span class="unseen">${words.brushSize}</span>
          <input
            type="range"
            min="0.04"
            max="0.4"
            step="0.01"
            .value=${String(width)}
            ?disabled=${!out}
            @input=${(event: Event) => painting.sizeBrush(Number(textOf(event)))}
          />
        </label>
        <button type="button" class="button small" ?disabled=${!isPainted} @click=${() => painting.undoStroke()}>
          ${words.undo}
        </button>
        <button type="button" class="button small" ?disabled=${!isPainted} @click=${() => painting.clearStrokes()}>
          ${words.clear}
        </button>
      </div>
      <p>${words.brushLead}</p>
    </fieldset>
  `
}
