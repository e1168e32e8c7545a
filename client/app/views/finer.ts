import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey/journey.ts'
import type { ResultStage, State, UnderWay } from '../journey/state.ts'
import { texts } from '../texts/index.ts'
import { choices } from './choices.ts'
import { underWay } from './parts.ts'

/** What takes longer, offered where the result is there: a texture that is optimised, and its size. */
export function finer(
  { result }: ResultStage,
  state: Pick<State, 'choices' | 'estimate'> & UnderWay,
  { painting, refining }: Pick<Journey, 'painting' | 'refining'>,
): TemplateResult {
  const words = texts().finer
  const opened = ({ target }: Event) => (target as HTMLDetailsElement).open && void refining.getReady()
  const toCome = state.estimate ? null : underWay(state)
  return html`
    <details class="finer" @toggle=${opened}>
      <summary>${words.heading}</summary>
      <p>${words.lead}</p>
      ${choices(state, result.seen, result.of.strokes, result.refined.size, painting)}
      ${toCome ? html`<p><small>${toCome}</small></p>` : nothing}
      <button type="button" class="button" @click=${() => refining.refine()}>${words.refine}</button>
    </details>
  `
}
