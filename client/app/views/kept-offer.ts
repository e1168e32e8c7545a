import { html, type TemplateResult } from 'lit-html'
import type { Refining } from '../journey/refining.ts'
import type { Kept } from '../kept-run.ts'
import { texts } from '../texts/index.ts'

/** A run that was left unfinished. */
export function keptOffer({ run, checkpoint, fraction }: Kept, refining: Refining): TemplateResult {
  const { heading, lead, resume, discard } = texts().kept
  return html`
    <section class="message kept" aria-label=${heading}>
      <h2>${heading}</h2>
      <p>${lead(run.name, checkpoint && fraction)}</p>
      <div class="actions">
        <button type="button" class="button small primary" @click=${() => refining.resumeKept()}>${resume}</button>
        <button type="button" class="button small" @click=${() => refining.discardKept()}>${discard}</button>
      </div>
    </section>
  `
}
