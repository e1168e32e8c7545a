import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import type { HairChoice } from '../../head/complete-head.ts'
import { whyFaceAlone } from '../../head/doubts.ts'
import { hairChoices } from '../../run/choices.ts'
import { coverNames } from '../choices.ts'
import type { Heads, HeadWork } from '../journey/heads.ts'
import type { State } from '../journey/state.ts'
import type { Result } from '../result.ts'
import { showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import { bar, textOf } from './parts.ts'

/** The whole head or the face alone; and of a head, which hair. */
export function headChoice(
  result: Result,
  { cover, transfer }: Pick<State, 'cover' | 'transfer'>,
  heads: Heads,
): TemplateResult {
  const work = heads.of(result)
  const words = texts().head
  const chosen = result.cover ?? cover
  return html`
    <fieldset class="segments">
      <legend class="unseen">${words.cover}</legend>
      ${coverNames.map(
        (name) => html`
          <label>
            <input type="radio" name="cover" class="unseen" .checked=${live(chosen === name)} @change=${() => heads.show(name)} />
            ${words.covers[name]}
          </label>
        `,
      )}
    </fieldset>
    ${showsHead(result) ? hairChoice(result, work, heads) : nothing}
    <p role="status" class="head-words">${work.error ?? headWords(result, work, transfer)}</p>
    ${work.making ? bar(transfer && transfer.loaded / transfer.total) : nothing}
  `
}

function hairChoice({ head }: Result, work: HeadWork, heads: Heads): TemplateResult {
  const words = texts().head
  const chosen = work.next ?? work.making ?? head!.choice
  const { hair, choice } = head!
  const nameOf = (name: HairChoice) =>
    name === 'auto' && choice === 'auto'
      ? words.automatic(words.hairs[hair?.style ?? 'none'])
      : words.hairs[name]
  return html`
    <label class="texture-size">
      ${words.hair}
      <select @change=${(event: Event) => heads.chooseHair(textOf(event) as HairChoice)}>
        ${hairChoices.map(
          (name) => html`<option value=${name} .selected=${live(name === chosen)}>${nameOf(name)}</option>`,
        )}
      </select>
    </label>
  `
}

/** What is under way, or why there is the face alone. */
function headWords({ head, cover }: Result, { making }: HeadWork, transfer: State['transfer']): unknown {
  const words = texts().head
  if (making && transfer) return texts().work.downloading(transfer.loaded, transfer.total)
  if (making) return `${head ? words.makingHair : words.making} …`
  const why = cover === 'face' && head && whyFaceAlone(head.doubts)
  return why ? words.faceAlone[why] : nothing
}
