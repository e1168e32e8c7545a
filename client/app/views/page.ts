import { html, nothing, type TemplateResult } from 'lit-html'
import icon from '../icon.svg?no-inline'
import type { Journey } from '../journey.ts'
import { cameraPanel, cameraStage } from './camera.ts'
import { foundPanel, foundStage } from './found.ts'
import { bar, messages } from './parts.ts'
import { photoPanel, photoStage } from './photo.ts'
import { refiningPanel } from './refining.ts'
import { resultPanel, viewStrip } from './result.ts'
import { faceStage } from './stage.ts'

/** The whole page: one stage, one panel beside (or, on a phone, below) it. */
export function page(journey: Journey): TemplateResult {
  const { state } = journey
  return html`
    <header class="top">
      <button type="button" class="home" @click=${() => journey.startOver()} ?disabled=${state.stage === 'refining'}>
        <img src=${icon} alt="" width="24" height="24" />FaceRefiner
      </button>
      <p class="motto">A photo becomes a 3D face</p>
      <a class="gallery" href="/gallery">Gallery</a>
    </header>
    <main class=${state.stage}>
      <section class="stage" aria-label="Stage">
        ${stage(journey)}
        ${state.work ? bar(state.work.fraction) : nothing}
      </section>
      ${state.stage === 'result' ? viewStrip(journey) : nothing}
      <section class="panel" aria-label="What to do">
        ${messages(state)} ${panel(journey)}
      </section>
    </main>
    <div class="drop-veil" aria-hidden="true"><span>Drop the photo</span></div>
  `
}

function stage(journey: Journey) {
  switch (journey.state.stage) {
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
