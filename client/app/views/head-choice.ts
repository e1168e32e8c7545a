import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { whyFaceAlone } from '../../head/doubts.ts'
import { coverNames, type HeadChoice } from '../choices.ts'
import type { HeadWork } from '../journey/heads.ts'
import type { Journey } from '../journey/journey.ts'
import type { ResultStage, State } from '../journey/state.ts'
import type { Result } from '../result.ts'
import { showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import { hairMenu } from './hair-menu.ts'
import { bar, isChecked } from './parts.ts'

/** The whole head or the face alone; and of a head, which hair, and whether it has a bust. */
export function headChoice(
  stage: ResultStage,
  { cover, transfer }: Pick<State, 'cover' | 'transfer'>,
  rooms: Pick<Journey, 'heads' | 'hairLooks'>,
): TemplateResult {
  const { result, subject } = stage
  const { heads } = rooms
  const work = heads.of(result)
  const words = texts().head
  const chosen = result.cover ?? cover
  return html`
    <fieldset class="segments">
      <legend class="unseen">${words.cover}</legend>
      ${coverNames.map(
        (name) => html`
          <label>
            <input type="radio" name="cover" class="unseen" .checked=${live(chosen === name)} ?disabled=${name === 'head' && !result.head && !subject.photo} @change=${() => heads.show(name)} />
            ${words.covers[name]}
          </label>
        `,
      )}
    </fieldset>
    ${showsHead(result) && subject.photo ? [switches(heads.chosen(result), rooms), hairMenu(stage, rooms)] : nothing}
    <p role="status" class="head-words">${work.error ?? headWords(result, work, transfer)}</p>
    ${work.making ? bar(transfer?.share ?? null) : nothing}
  `
}

function switches({ bust, expression }: HeadChoice, { heads }: Pick<Journey, 'heads'>): TemplateResult[] {
  const words = texts().head
  return [
    onOff(words.bust, bust, (on) => heads.choose({ bust: on })),
    onOff(words.neutral, expression === 'neutral', (on) =>
      heads.choose({ expression: on ? 'neutral' : 'photo' }),
    ),
  ]
}

function onOff(name: string, on: boolean, choose: (on: boolean) => void): TemplateResult {
  return html`
    <label class="switch">
      <span>${name}</span>
      <input
        type="checkbox"
        role="switch"
        .checked=${live(on)}
        @change=${(event: Event) => choose(isChecked(event))}
      />
    </label>
  `
}

/** What is under way, or why there is the face alone. */
function headWords({ head, cover }: Result, { making }: HeadWork, transfer: State['transfer']): unknown {
  if (making && transfer) return texts().work.downloading(transfer.loaded, transfer.total)
  if (making) return makingWords(head, making)
  const why = cover === 'face' && head && whyFaceAlone(head.doubts)
  return why ? texts().head.faceAlone[why] : nothing
}

/** @param head what there is until then */
export function makingWords(head: Result['head'], making: HeadChoice): string {
  const words = texts().head
  return `${head && head.choice !== making.hair ? words.makingHair : words.making} …`
}
