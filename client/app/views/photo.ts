import { html, nothing, type TemplateResult } from 'lit-html'
import type { Finding } from '../journey/finding.ts'
import type { Journey } from '../journey/journey.ts'
import type { State, UnderWay } from '../journey/state.ts'
import { mayHaveCamera } from '../photo/may-have-camera.ts'
import samplePhoto from '../sample/astronaut.jpg?no-inline'
import sampleStill from '../sample/astronaut-face.webp?no-inline'
import sampleFace from '../sample/astronaut-photo.webp?no-inline'
import sampleThumbnail from '../sample/astronaut-thumbnail.webp?no-inline'
import sampleTurning from '../sample/astronaut-turning.webp?no-inline'
import { texts } from '../texts/index.ts'
import { keptOffer } from './kept-offer.ts'
import { choose, chooser, underWay } from './parts.ts'

/** Fingers have nothing to drop, and tap instead of clicking. */
const fingers = matchMedia('(pointer: coarse)')

export function photoStage(motion: boolean, finding: Finding): TemplateResult {
  const { drop, more, tap } = texts().photo
  return html`
    <label class="drop-zone">
      <input
        type="file"
        accept="image/*"
        class="unseen"
        tabindex="-1"
        aria-hidden="true"
        @change=${(event: Event) => choose(event, finding)}
      />
      ${becomes(motion)}
      <span class="drop-words">${fingers.matches ? tap : drop}</span>
      ${fingers.matches ? nothing : html`<span class="drop-more">${more}</span>`}
    </label>
  `
}

/** What the sample photo became: the promise, before a word is read. */
function becomes(motion: boolean): TemplateResult {
  return html`
    <span class="becomes" role="img" aria-label=${texts().photo.sampleBecomes}>
      <img class="from" src=${sampleFace} alt="" width="512" height="512" />
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12h15M13 6l6 6-6 6" /></svg>
      <picture class="to">
        <source srcset=${sampleStill} media=${motion ? '(prefers-reduced-motion: reduce)' : 'all'} />
        <img src=${sampleTurning} alt="" width="512" height="512" fetchpriority="high" />
      </picture>
    </span>
  `
}

export function photoPanel(
  state: Pick<State, 'kept'> & UnderWay,
  { finding, camera, refining }: Pick<Journey, 'finding' | 'camera' | 'refining'>,
): TemplateResult {
  const { heading, lead, choose, take, privacy } = texts().photo
  const { kept, work } = state
  return html`
    ${kept ? keptOffer(kept, refining) : nothing}
    <h1>${heading}</h1>
    <p>${lead}</p>
    <p role="status">${work ? underWay(state) : nothing}</p>
    <div class="actions">
      ${chooser(finding, choose, kept ? '' : 'primary')}
      ${
        mayHaveCamera()
          ? html`<button type="button" class="button" @click=${() => camera.open()}>${take}</button>`
          : nothing
      }
    </div>
    ${sampleButton(finding)}
    <p class="privacy">${privacy}</p>
  `
}

export function sampleButton(finding: Finding): TemplateResult {
  const { sample, sampleSource } = texts().photo
  return html`
    <button type="button" class="sample" @click=${() => finding.chooseSample(samplePhoto, 'astronaut.jpg')}>
      <img src=${sampleThumbnail} alt="" width="56" height="56" />
      <span><b>${sample}</b><small>${sampleSource}</small></span>
    </button>
  `
}
