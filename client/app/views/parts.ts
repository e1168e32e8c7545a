import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { State } from '../state.ts'
import { texts } from '../texts/index.ts'

/** What went wrong is read out at once, what is worth knowing when the reader has time. */
export function messages({ error, notice }: State): TemplateResult {
  return html`
    <div role="alert">${error ? html`<p class="message error">${error}</p>` : nothing}</div>
    <div role="status">${notice ? html`<p class="message">${notice}</p>` : nothing}</div>
  `
}

/** One thin bar. `fraction` null: under way, nobody knows how far. */
export function bar(fraction: number | null): TemplateResult {
  return html`<progress class="bar" aria-label=${texts().page.progress} max="1" value=${fraction ?? nothing}></progress>`
}

/** The bar and the words of what is under way: downloads are one total, whatever waits for them. */
export function progressOf({ work, transfer }: State): { words: string | null; fraction: number | null } {
  const fraction = transfer ? transfer.loaded / transfer.total : (work?.fraction ?? null)
  if (transfer && (!work || work.waits)) {
    return { words: texts().work.downloading(transfer.loaded, transfer.total), fraction }
  }
  return { words: work && `${work.words} …`, fraction }
}

/** A button that opens the file chooser. */
export function chooser(journey: Journey, words: string, className = ''): TemplateResult {
  return html`
    <label class="button ${className}">
      <input
        type="file"
        accept="image/*"
        class="unseen"
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement
          const files = [...(input.files ?? [])]
          input.value = ''
          if (files.length > 0) journey.choosePhoto(files)
        }}
      />${words}
    </label>
  `
}

/** Rows of a Details table; rows without a value are left out. */
export function details(rows: readonly [string, unknown][]): TemplateResult {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return html`
    <details class="details">
      <summary>${texts().page.details}</summary>
      <dl>${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </details>
  `
}

/** The value that an input, select or checkbox holds after an event. */
export const textOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value
export const isChecked = (event: Event) => (event.target as HTMLInputElement).checked
