import { html, nothing, type TemplateResult } from 'lit-html'
import { type DownloadKind, enlargedSizes } from '../download.ts'
import type { Journey } from '../journey.ts'
import { texts } from '../texts/index.ts'
import { dialog } from './dialog.ts'
import { textOf } from './parts.ts'

/** The files of a result, in the size that is wanted. */
export function downloadDialog(journey: Journey): TemplateResult {
  const { result, downloading } = journey.state
  if (!result) return html`${nothing}`
  const words = texts().downloads
  const own = result.refined.size
  const { size, busy, failed } = downloading
  const sizes = [...new Set([own, ...enlargedSizes.filter((side) => side > own)])]
  const offers: [DownloadKind, string, string][] = [
    ['glb', words.glb, words.glbWords],
    ['webp', words.webp, words.webpWords],
    ['png', words.texture, `PNG, ${size ?? own} × ${size ?? own}`],
    ['record', words.record, words.recordWords],
  ]
  return dialog(
    journey,
    words.heading,
    html`
      <label class="texture-size">
        ${texts().found.textureSize}
        <select @change=${(event: Event) => journey.sizeDownload(Number(textOf(event)))}>
          ${sizes.map(
            (side) =>
              html`<option value=${side} .selected=${side === (size ?? own)}>
                ${side} × ${side}${side > own ? `, ${words.enlarged}` : ''}
              </option>`,
          )}
        </select>
      </label>
      <ul class="downloads">
        ${offers.map(
          ([kind, title, more], i) => html`
            <li>
              <button
                type="button"
                class="button ${i === 0 ? 'primary' : ''}"
                ?disabled=${busy}
                @click=${() => journey.download(kind)}
              >
                <span>${title}</span><small>${more}</small>
              </button>
            </li>
          `,
        )}
      </ul>
      <p role="status" class="${failed ? 'error' : ''}">${busy ? `${words.making} …` : failed ? words.failed : nothing}</p>
    `,
  )
}
