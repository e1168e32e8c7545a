import { html, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { PhotoBooth } from '../photo/photo-booth.ts'

export function cameraStage(journey: Journey): TemplateResult {
  return html`
    <photo-booth
      @photo=${(event: CustomEvent<File>) => journey.choosePhoto([event.detail])}
      @unavailable=${(event: CustomEvent<string>) => journey.closeCamera(event.detail)}
    ></photo-booth>
  `
}

export function cameraPanel(journey: Journey): TemplateResult {
  return html`
    <h1>Take a photo</h1>
    <p>Look at the camera in even light, hair out of the face. The picture stays on this device.</p>
    <div class="actions">
      <button type="button" class="button primary" @click=${() => document.querySelector<PhotoBooth>('photo-booth')?.shoot()}>
        Take the photo
      </button>
      <button type="button" class="button" @click=${() => journey.closeCamera()}>Back</button>
    </div>
  `
}
