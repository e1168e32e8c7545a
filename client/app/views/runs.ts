import { html, nothing, type TemplateResult } from 'lit-html'
import type { Results } from '../journey/results.ts'
import type { Result } from '../result.ts'
import { texts } from '../texts/index.ts'
import { runWords } from './stage.ts'

/**
 * The finished runs with this photo, where there is another one than is shown.
 *
 * @param shown null where none is
 */
export function runChoice(all: readonly Result[], shown: Result | null, results: Results): TemplateResult {
  if (all.length < (shown ? 2 : 1)) return html`${nothing}`
  const words = texts()
  return html`
    <fieldset class="runs">
      <legend>${words.result.runs}</legend>
      <div class="segments">
        ${all.map(
          (each, i) => html`
            <button type="button" aria-pressed=${each === shown} @click=${() => results.choose(each)}>
              ${words.result.run(i + 1)}
              <small>${runWords(each)}</small>
            </button>
          `,
        )}
      </div>
    </fieldset>
  `
}
