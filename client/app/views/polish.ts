import { html, nothing, type TemplateResult } from 'lit-html'
import type { Polishing } from '../journey/polishing.ts'
import type { Polish } from '../journey/state.ts'
import { texts } from '../texts/index.ts'

/** Is it said that something is being made? */
export const isTold = (polish: Polish | null): polish is Exclude<Polish, { at: 'preparing' }> =>
  polish !== null && polish.at !== 'preparing'

/** What is made of itself while the result is looked at: one line, and the way to have it not. A reader hears of it once. */
export function polishLine(polish: Polish | null, polishing: Polishing): TemplateResult {
  const { polish: words, refining } = texts()
  const told = isTold(polish) ? polish : null
  return html`
    <p class="unseen" role="status">${told ? words[told.at] : nothing}</p>
    ${
      told
        ? html`
          <div class="polish">
            <p aria-hidden="true">${told.at === 'made' ? words.made : refining.line(told)}</p>
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
