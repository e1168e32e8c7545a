import { html, nothing, type TemplateResult } from 'lit-html'
import icon from '../icon.svg?no-inline'
import type { Journey } from '../journey.ts'
import { languages, texts } from '../texts/index.ts'
import { cameraPanel, cameraStage } from './camera.ts'
import { downloadDialog } from './download-dialog.ts'
import { footer } from './footer.ts'
import { foundPanel, foundStage } from './found.ts'
import { bar, fractionOf, messages, textOf } from './parts.ts'
import { photoPanel, photoStage } from './photo.ts'
import { refiningPanel } from './refining.ts'
import { resultPanel, viewStrip } from './result.ts'
import { shareDialog } from './share-dialog.ts'
import { faceStage } from './stage.ts'

/** The whole page: one stage, one panel beside (or, on a phone, below) it, and what lies over both. */
export function page(journey: Journey): TemplateResult {
  const { state } = journey
  const words = texts().page
  return html`
    ${top(journey)}
    <main class="${state.stage} ${state.brushing ? 'brushing' : ''}">
      <section class="stage" aria-label=${words.stage}>
        ${stage(journey)}
        ${state.work || (state.transfer && state.stage === 'found') || state.leaving ? bar(fractionOf(state)) : nothing}
      </section>
      ${state.stage === 'result' ? viewStrip(journey) : nothing}
      <section class="panel" aria-label=${words.panel}>
        ${messages(state)} ${panel(journey)}
      </section>
    </main>
    ${footer(state.language)}
    ${state.dialog === 'download' ? downloadDialog(journey) : nothing}
    ${state.dialog === 'share' ? shareDialog(journey) : nothing}
    <div class="drop-veil" aria-hidden="true"><span>${words.dropVeil}</span></div>
  `
}

function top(journey: Journey): TemplateResult {
  const { stage, language, nextLanguage, motion, leaving } = journey.state
  const words = texts().page
  return html`
    <header class="top">
      <button type="button" class="home" @click=${() => journey.startOver()} ?disabled=${stage === 'refining'}>
        <img src=${icon} alt="" width="24" height="24" />FaceRefiner
      </button>
      <p class="motto">${words.motto}</p>
      <nav>
        <button
          type="button"
          class="plain motion"
          aria-label=${motion ? words.motionOn : words.motionOff}
          title=${motion ? words.motionOn : words.motionOff}
          @click=${() => journey.allowMotion(!motion)}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d=${motion ? 'M7 5v10M13 5v10' : 'M7 4.5v11l9-5.5z'} />
          </svg>
        </button>
        <label class="plain language" aria-busy=${nextLanguage !== null}>
          <span class="unseen">${words.language}</span>
          <select @change=${(event: Event) => journey.chooseLanguage(textOf(event))}>
            ${Object.entries(languages).map(
              ([tag, name]) =>
                html`<option value=${tag} lang=${tag} .selected=${tag === (nextLanguage ?? language)}>${name}</option>`,
            )}
          </select>
        </label>
        <a class="plain gallery" aria-busy=${leaving} href="/gallery?lang=${language}" @click=${(event: MouseEvent) => leave(journey, event)}>
          ${words.gallery}
        </a>
      </nav>
    </header>
  `
}

/** A click that opens another tab leaves this page as it is. */
function leave(journey: Journey, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (!ctrlKey && !metaKey && !shiftKey && window.top === window) journey.leave(true)
}

function stage(journey: Journey) {
  const { stage, texture } = journey.state
  // Until there is a face to show, the photo stays.
  if (stage === 'refining' && !texture) return foundStage(journey)
  switch (stage) {
    case 'photo':
      return photoStage(journey)
    case 'camera':
      return cameraStage(journey)
    case 'found':
      return foundStage(journey)
    default:
      return faceStage(journey)
  }
}

function panel(journey: Journey) {
  switch (journey.state.stage) {
    case 'photo':
      return photoPanel(journey)
    case 'camera':
      return cameraPanel(journey)
    case 'found':
      return foundPanel(journey)
    case 'refining':
      return refiningPanel(journey)
    default:
      return resultPanel(journey)
  }
}
