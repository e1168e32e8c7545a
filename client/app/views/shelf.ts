import { html, noChange, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Changes } from '../journey/changes.ts'
import type { Journey } from '../journey/journey.ts'
import type { ResultStage } from '../journey/state.ts'
import type { Shelf } from '../shelf/shelf.ts'
import type { ShelfState, ShownCard } from '../shelf/shelf-state.ts'
import { bytesOf, photoDays } from '../shelf/shelved-face.ts'
import { texts } from '../texts/index.ts'
import { isChecked, textOf } from './parts.ts'

/** Is there anything to show? */
export const hasShelf = ({ cards, deleted }: ShelfState): boolean => cards.length > 0 || deleted !== null

/** The faces that are kept on this device, below the first screen. */
export function shelfSection(
  state: ShelfState,
  { shelf, changes }: Pick<Journey, 'shelf' | 'changes'>,
): TemplateResult {
  const { cards } = state
  const words = texts().shelf
  const bytes = cards.reduce((sum, card) => sum + bytesOf(card), 0)
  return html`
    <section class="shelf" aria-labelledby="shelf">
      <header>
        <h2 id="shelf" tabindex="-1">${words.heading}</h2>
        <p>${words.lead(cards.length, texts().figures.size(bytes))}</p>
        ${removal(state, shelf)}
      </header>
      <p role="status">${deletedWords(state, shelf)}</p>
      <p role="status">${renamedWords(state, changes)}</p>
      <ul>
        ${repeat(
          cards,
          ({ id }) => id,
          (card) => html`<li>${cardOf(card, shelf)}</li>`,
        )}
      </ul>
    </section>
  `
}

/** Goes to the shelf, once the first screen is drawn. */
export function goToShelf(): void {
  requestAnimationFrame(() => {
    const heading = document.getElementById('shelf')
    heading?.focus({ preventScroll: true })
    heading?.scrollIntoView()
  })
}

function cardOf(card: ShownCard, shelf: Shelf): TemplateResult {
  const { id, name, thumbnail } = card
  const words = texts().shelf
  const rename = (event: Event) => {
    const wanted = textOf(event).trim()
    if (wanted) void shelf.rename(id, wanted)
    else (event.target as HTMLInputElement).value = name
  }
  return html`
    <button type="button" class="open" aria-label=${words.open(name)} @click=${() => shelf.open(id)}>
      ${thumbnail ? html`<img src=${thumbnail} alt="" width="320" height="320" />` : nothing}
    </button>
    <input
      class="face-name"
      id=${inputOf(id)}
      aria-label=${words.name}
      title=${words.rename}
      maxlength="80"
      autocomplete="off"
      .value=${isEdited(id) ? noChange : live(name)}
      @change=${rename}
      @keydown=${(event: KeyboardEvent) => finishName(event, name)}
    />
    ${about(card)}
    <div class="card-actions">
      ${
        card.unkept
          ? nothing
          : html`<button type="button" class="plain" aria-label=${words.duplicateOf(name)} @click=${() => shelf.duplicate(id)}>${words.duplicate}</button>`
      }
      <button type="button" class="plain" aria-label=${words.deleteOf(name)} @click=${() => remove(id, shelf)}>${words.delete}</button>
    </div>
  `
}

const inputOf = (id: string) => `name-${id}`

/** What is typed stays while the shelf is drawn anew, for what another tab or a drawing that has ended changes. */
const isEdited = (id: string) => document.activeElement?.id === inputOf(id)

/** Enter takes the new name, Escape the one before. */
function finishName({ key, target }: KeyboardEvent, before: string): void {
  const input = target as HTMLInputElement
  if (key === 'Escape') input.value = before
  if (key === 'Escape' || key === 'Enter') input.blur()
}

function about({ date, photo, unkept }: ShownCard): TemplateResult {
  const { shelf: words, figures } = texts()
  const day = (time: number) => figures.shortDate(new Date(time).toISOString())
  return html`
    <small>
      <time datetime=${new Date(date).toISOString()}>${day(date)}</time>${photo ? html`, ${words.withPhoto(day(photo.until))}` : nothing}
      ${unkept ? html`<strong>${words.notKept}</strong>` : nothing}
    </small>
  `
}

/** The way back has the focus, which its card's button took with it. */
async function remove(id: string, shelf: Shelf): Promise<void> {
  await shelf.delete(id)
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.shelf .undo')?.focus())
}

function deletedWords({ deleted }: ShelfState, shelf: Shelf): unknown {
  if (deleted === null) return nothing
  const words = texts().shelf
  return html`
    ${words.deleted(deleted)}
    <button type="button" class="button small undo" @click=${() => shelf.putBack()}>${words.undo}</button>
  `
}

function renamedWords({ renamed }: ShelfState, changes: Changes): unknown {
  if (renamed === null) return nothing
  const words = texts().shelf
  return html`
    ${words.renamed(renamed.from, renamed.to)}
    <button type="button" class="button small" @click=${() => changes.undo()}>${words.undo}</button>
  `
}

function removal({ cards, emptying }: ShelfState, shelf: Shelf): unknown {
  const words = texts().shelf
  if (cards.length === 0) return nothing
  if (!emptying)
    return html`<button type="button" class="plain remove-all" @click=${() => shelf.ask(true)}>${words.removeAll}</button>`
  return html`
    <div role="alert" class="sure">
      <span>${words.sure}</span>
      <button type="button" class="button small" @click=${() => shelf.empty()}>${words.yes}</button>
      <button type="button" class="button small" @click=${() => shelf.ask(false)}>${words.no}</button>
    </div>
  `
}

/** Is this another page's frame? */
const isFramed = globalThis.parent !== globalThis.self

/** Of a result: that it is kept and where, or why not; and whether its photo is. */
export function keptWords(
  { subject, result }: ResultStage,
  shelf: Shelf,
  download: () => void,
): TemplateResult {
  const card = shelf.cardOf(result)
  const words = texts().shelf
  if (!card) return html`${nothing}`
  // A browser lets another site's frame keep nothing: that is nobody's mishap.
  if (card.unkept && isFramed) return html`<p class="shelved"><small>${words.unkept[card.unkept]}</small></p>`
  if (card.unkept) {
    return html`
      <div role="alert" class="message">
        <p>${words.unkept[card.unkept]}</p>
        <button type="button" class="button small" @click=${download}>${texts().result.download}</button>
      </div>
    `
  }
  if (!subject.photo) return html`<p class="shelved"><small>${words.kept} ${words.noPhoto}</small></p>`
  return html`
    <label class="tick shelved">
      <input
        type="checkbox"
        .checked=${live(card.photo !== null)}
        @change=${(event: Event) => shelf.keepPhoto(subject, result, isChecked(event))}
      />
      <span>${words.keepPhoto(photoDays)}<small>${words.kept} ${words.keepPhotoWhy}</small></span>
    </label>
  `
}
