import { html, nothing, type TemplateResult } from 'lit-html'
import type { Results } from '../journey/results.ts'
import type { ResultStage } from '../journey/state.ts'
import { showsHead } from '../result.ts'
import { type Language, texts } from '../texts/index.ts'

/** One click, and the webcam drives the head; where the head moves. */
export function puppetButton({ result }: ResultStage, results: Results): unknown {
  if (!showsHead(result) || !result.head.movement) return nothing
  return html`
    <button type="button" class="button puppet puppet-open" @click=${() => results.openPuppet()}>
      ${texts().result.puppet}
    </button>
  `
}

/** In the place of the result's panel; its script is there. */
export function puppetPanel({ result }: ResultStage, language: Language, results: Results): TemplateResult {
  return html`<puppet-panel lang=${language} .head=${result.head} @leave=${() => results.closePuppet()}></puppet-panel>`
}
