import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { PresetName } from '../state.ts'
import { texts } from '../texts/index.ts'

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
              <small>${words.presets[each.refined.preset as PresetName]}, ${words.figures.pixels(each.refined.size)}</small>
            </button>
          `,
        )}
      </div>
    </fieldset>
  `
}
