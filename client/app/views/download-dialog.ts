import { html, nothing, type TemplateResult } from 'lit-html'
import type { TextureFormat } from '../../result/glb.ts'
import { type DownloadKind, enlargedSizes } from '../download.ts'
import type { Journey } from '../journey.ts'
import { texts } from '../texts/index.ts'
import { dialog } from './dialog.ts'
import { seconds, textOf } from './parts.ts'

/** The files of a result, in the size and format that are wanted. */
export function downloadDialog(journey: Journey): TemplateResult {
  const { result, downloading } = journey.state
  if (!result) return html`${nothing}`
  const words = texts().downloads
  const { busy, failed } = downloading
  const size = downloading.size ?? result.refined.size
  const offers: [DownloadKind, string, string][] = [
    ['glb', words.glb, words.glbWords],
    ['png', words.texture, `PNG, ${texts().figures.square(size)}`],
    ['record', words.record, words.recordWords],
  ]
  return dialog(
    journey,
    words.heading,
    html`
      ${sizeChoice(journey, result.refined.size, size)} ${formatChoice(journey)}
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
      <p role="status" class=${failed ? 'error' : ''}>
        ${busy ? html`${words.making} …${seconds(journey.state.elapsed)}` : failed ? words.failed : nothing}
      </p>
    `,
  )
}

function sizeChoice(journey: Journey, own: number, size: number): TemplateResult {
  const sizes = [own, ...enlargedSizes.filter((side) => side > own)]
  const { enlarged } = texts().downloads
  return html`
    <label class="texture-size">
      ${texts().found.textureSize}
      <select @change=${(event: Event) => journey.shapeDownload({ size: Number(textOf(event)) })}>
        ${sizes.map(
          (side) => html`
            <option value=${side} .selected=${side === size}>
              ${texts().figures.square(side)}${side > own ? `, ${enlarged}` : ''}
            </option>
          `,
        )}
      </select>
    </label>
  `
}

function formatChoice(journey: Journey): TemplateResult {
  const words = texts().downloads
  return html`
    <label class="texture-size">
      ${words.format}
      <select @change=${(event: Event) => journey.shapeDownload({ format: textOf(event) as TextureFormat })}>
        ${Object.entries(words.formats).map(
          ([format, text]) => html`
            <option value=${format} .selected=${format === journey.state.downloading.format}>${text}</option>
          `,
        )}
      </select>
    </label>
  `
}
