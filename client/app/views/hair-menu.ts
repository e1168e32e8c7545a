import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import type { HairChoice } from '../../head/complete-head.ts'
import { hairChoices } from '../../run/choices.ts'
import type { HairLook } from '../journey/hair-looks.ts'
import type { Journey } from '../journey/journey.ts'
import type { ResultStage } from '../journey/state.ts'
import { texts } from '../texts/index.ts'

type Rooms = Pick<Journey, 'heads' | 'hairLooks'>

/** The hair that a head has, and, opened, all that there is, each as it looks on this very head. */
export function hairMenu(stage: ResultStage, rooms: Rooms): TemplateResult {
  const { result, hairMenu: isOpen } = stage
  const { heads, hairLooks } = rooms
  const words = texts().head
  const { hair, made, choice } = result.head!
  const chosen = heads.chosen(result).hair
  const name =
    chosen === 'auto' && choice === 'auto'
      ? words.automatic(words.hairs[made ?? hair?.style ?? 'none'])
      : words.hairs[chosen]
  return html`
    <div class="hair" @keydown=${isOpen ? (event: KeyboardEvent) => closeByKey(event, rooms) : nothing}>
      <button
        type="button"
        class="button hair-open"
        aria-expanded=${isOpen}
        aria-controls=${isOpen ? 'hairs' : nothing}
        @click=${() => hairLooks.open(!isOpen)}
      >
        <small>${words.hair}</small> <span>${name}</span>
      </button>
      ${isOpen ? hairs(stage, chosen, rooms) : nothing}
    </div>
  `
}

function hairs({ result }: ResultStage, chosen: HairChoice, { heads, hairLooks }: Rooms): TemplateResult {
  const words = texts().head
  const { making } = heads.of(result)
  return html`
    <fieldset id="hairs" class="hairs">
      <legend class="unseen">${words.hair}</legend>
      ${hairChoices.map((name) => {
        const look = hairLooks.look(result, name)
        return html`
          <label class="hair-look ${making?.hair === name ? 'making' : ''}">
            <input
              type="radio"
              name="hair"
              value=${name}
              .checked=${live(name === chosen)}
              @change=${() => heads.choose({ hair: name })}
            />
            ${picture(look)}
            <span class="name">${words.hairs[name]}</span>
            ${look === 'missing' ? html`<small>${words.lookMissing}</small>` : nothing}
          </label>
        `
      })}
    </fieldset>
  `
}

function picture(look: HairLook | 'coming' | null): TemplateResult | typeof nothing {
  if (look === null) return nothing
  if (look === 'coming' || look === 'missing') return html`<span class="look ${look}"></span>`
  return html`<img class="look" src=${look} alt="" width="160" height="160" />`
}

/** The focus goes back to the button, not out of the page. */
function closeByKey(event: KeyboardEvent, { hairLooks }: Rooms): void {
  if (event.key !== 'Escape') return
  event.preventDefault()
  const menu = event.currentTarget as Element
  hairLooks.open(false)
  menu.querySelector<HTMLElement>('.hair-open')!.focus()
}
