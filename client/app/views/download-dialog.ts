import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import type { ModelFormat } from '../../result/model-format.ts'
import type { HeadChoice } from '../choices.ts'
import { type DownloadKind, enlargedSizes } from '../download.ts'
import type { Results } from '../journey/results.ts'
import type { Downloading } from '../journey/state.ts'
import { type Result, showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import { dialog } from './dialog.ts'
import { makingWords } from './head-choice.ts'
import { seconds, textOf } from './parts.ts'

/**
 * The files of a result, in the size and format that are wanted. What is shown of it comes first.
 *
 * @param making the head that is being made: its files are there when it is
 */
export function downloadDialog(
  result: Result,
  making: HeadChoice | null,
  downloading: Downloading,
  elapsed: number,
  results: Results,
): TemplateResult {
  const words = texts().downloads
  const { busy, failed, format } = downloading
  const own = result.refined.size
  const size = downloading.size ?? own
  const { square, wide } = texts().figures
  type Offer = [kind: DownloadKind, title: string, more: string]
  const face: Offer[] = [
    ['glb', words.glb, words.glbWords],
    ['png', words.texture, `PNG, ${square(size)}`],
  ]
  const head: Offer[] = [
    ['head', words.head, words.headWords],
    ['head-texture', words.headTexture, `PNG, ${wide(size)}`],
  ]
  // Of the face alone nothing is to come.
  const coming = result.cover === 'face' ? null : making
  const files = showsHead(result) || coming ? [...head, ...face] : result.head ? [...face, ...head] : face
  const isComing = (kind: DownloadKind) => coming !== null && !face.some(([each]) => each === kind)
  const offers: Offer[] = [...files, ['record', words.record, words.recordWords]]
  return dialog(
    words.heading,
    html`
      ${sizeChoice(own, size, results)} ${formatChoice(format, results)}
      <ul class="downloads">
        ${offers.map(
          ([kind, title, more], i) => html`
            <li>
              <button
                type="button"
                class="button ${i === 0 ? 'primary' : ''}"
                ?disabled=${busy || isComing(kind)}
                @click=${() => results.download(kind)}
              >
                <span>${title}</span><small>${more}</small>
              </button>
            </li>
          `,
        )}
      </ul>
      <p role="status" class=${failed ? 'error' : ''}>
        ${busy ? html`${words.making} …${seconds(elapsed)}` : failed ? words.failed : coming ? makingWords(result.head, coming) : nothing}
      </p>
    `,
    () => results.openDialog(null),
  )
}

function sizeChoice(own: number, size: number, results: Results): TemplateResult {
  const sizes = [own, ...enlargedSizes.filter((side) => side > own)]
  const { enlarged } = texts().downloads
  return html`
    <label class="texture-size">
      ${texts().found.textureSize}
      <select @change=${(event: Event) => results.shapeDownload({ size: Number(textOf(event)) })}>
        ${sizes.map(
          (side) => html`
            <option value=${side} .selected=${live(side === size)}>
              ${texts().figures.square(side)}${side > own ? `, ${enlarged}` : ''}
            </option>
          `,
        )}
      </select>
    </label>
  `
}

function formatChoice(chosen: ModelFormat, results: Results): TemplateResult {
  const words = texts().downloads
  return html`
    <label class="texture-size">
      ${words.format}
      <select @change=${(event: Event) => results.shapeDownload({ format: textOf(event) as ModelFormat })}>
        ${Object.entries(words.formats).map(
          ([format, text]) => html`
            <option value=${format} .selected=${live(format === chosen)}>${text}</option>
          `,
        )}
      </select>
    </label>
  `
}
