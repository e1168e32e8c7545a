import { html, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { PhotoBooth } from '../photo/photo-booth.ts'
import { texts } from '../texts/index.ts'

export function cameraStage(journey: Journey): TemplateResult {
  return html`
    <photo-booth
      .label=${texts().camera.picture}
      @photo=${(event: CustomEvent<File>) => journey.choosePhoto([event.detail])}
      @unavailable=${(event: CustomEvent<string>) => journey.closeCamera(event.detail)}
    ></photo-booth>
  `
}

export function cameraPanel(journey: Journey): TemplateResult {
  const { heading, lead, shoot, back } = texts().camera
  return html`
    <h1>${heading}</h1>
    <p>${lead}</p>
    <div class="actions">
      <button type="button" class="button primary" @click=${() => document.querySelector<PhotoBooth>('photo-booth')?.shoot()}>
        ${shoot}
      </button>
      <button type="button" class="button" @click=${() => journey.closeCamera()}>${back}</button>
    </div>
  `
}
