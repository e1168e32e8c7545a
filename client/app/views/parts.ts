import { html, nothing, type TemplateResult } from 'lit-html'
import type { Finding } from '../journey/finding.ts'
import type { Said, UnderWay } from '../journey/state.ts'
import { texts } from '../texts/index.ts'

/** What went wrong is read out at once, what is worth knowing when the reader has time. */
export function messages({ error, notice }: Said): TemplateResult {
  return html`
    <div role="alert">${error ? html`<p class="message error">${error.words}</p>` : nothing}</div>
    <div role="status">${notice ? html`<p class="message">${notice}</p>` : nothing}</div>
  `
}

/** One thin bar. `fraction` null: under way, nobody knows how far. */
export function bar(fraction: number | null): TemplateResult {
  return html`<progress class="bar" aria-label=${texts().page.progress} max="1" value=${fraction ?? nothing}></progress>`
}

/** How far what is under way has come, 0..1; null: nobody knows. Downloads are one total, whatever waits for them. */
export const fractionOf = ({ work, transfer }: Pick<UnderWay, 'work' | 'transfer'>): number | null =>
  transfer?.share ?? work?.fraction ?? null

/** What is under way besides the steps of a run, and for how many seconds where it takes some. */
export function underWay({ work, transfer, doing, elapsed }: UnderWay): TemplateResult | null {
  const { work: words } = texts()
  if (transfer && (!work || work.waits)) return html`${words.downloading(transfer.loaded, transfer.total)}`
  const at = work && !(work.waits && doing) ? work.words : doing && words[doing]
  return !at ? null : html`${at} …${seconds(elapsed)}`
}

/** Not for readers, who would hear every one of them. */
export const seconds = (elapsed: number) =>
  elapsed < 2
    ? nothing
    : html`<span class="elapsed" aria-hidden="true">${elapsed < 10 ? `${elapsed} s` : texts().figures.duration(elapsed)}</span>`

/** A button that opens the file chooser. */
export function chooser(finding: Finding, words: string, className = ''): TemplateResult {
  return html`
    <label class="button ${className}">
      <input
        type="file"
        accept="image/*"
        class="unseen"
        @change=${(event: Event) => choose(event, finding)}
      />${words}
    </label>
  `
}

/** A file input that keeps its file does not tell when the same is chosen again, as one does after a failure. */
export function choose({ target }: Event, finding: Finding): void {
  const input = target as HTMLInputElement
  const files = [...(input.files ?? [])]
  input.value = ''
  if (files.length > 0) finding.choosePhoto(files)
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
