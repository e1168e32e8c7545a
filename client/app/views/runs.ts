import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import { texts } from '../texts/index.ts'
import { runWords } from './stage.ts'

/** The finished runs with this photo, where there are several, or where none of them is shown. */
export function runChoice(journey: Journey): TemplateResult {
  const { results, result, stage } = journey.state
  if (results.length < (stage === 'result' ? 2 : 1)) return html`${nothing}`
  const words = texts()
  return html`
    <fieldset class="runs">
      <legend>${words.result.runs}</legend>
      <div class="segments">
        ${results.map(
          (each, i) => html`
            <button
              type="button"
              aria-pressed=${stage === 'result' && each === result}
              @click=${() => journey.showResult(each)}
            >
              ${words.result.run(i + 1)}
              <small>${runWords(each)}</small>
            </button>
          `,
        )}
      </div>
    </fieldset>
  `
}
