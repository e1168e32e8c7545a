import { html, nothing, type TemplateResult } from 'lit-html'
import type { Polishing } from '../journey/polishing.ts'
import type { Polish } from '../journey/state.ts'
import { texts } from '../texts/index.ts'

/** What is made of itself while the result is looked at: one line, and the way to have it not. A reader hears of it once. */
export function polishLine(polish: Polish | null, polishing: Polishing): TemplateResult {
  const { polish: words, refining } = texts()
  const isMade = polish?.at === 'made'
  const isTold = isMade || polish?.at === 'making'
  return html`
    <p class="unseen" role="status">${isTold ? (isMade ? words.made : words.making) : nothing}</p>
    ${
      isTold
        ? html`
          <div class="polish">
            <p aria-hidden="true">${isMade ? words.made : refining.line(polish)}</p>
            <button type="button" class="button small" @click=${() => stop(polishing)}>${words.stop}</button>
          </div>
        `
        : nothing
    }
  `
}

/** The button goes; whoever pressed it with a key is left where it can be asked for again. */
function stop(polishing: Polishing): void {
  polishing.stop()
  document.querySelector<HTMLElement>('main.result .finer > summary')?.focus({ preventScroll: true })
}
