import { html, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { PhotoBooth } from '../photo/photo-booth.ts'
import { texts } from '../texts/index.ts'
import { underWay } from './parts.ts'

export function cameraStage(journey: Journey): TemplateResult {
  return html`
    <photo-booth
      .label=${texts().camera.picture}
      @ready=${() => journey.readyCamera()}
      @photo=${(event: CustomEvent<File>) => journey.choosePhoto([event.detail], 'camera')}
      @unavailable=${(event: CustomEvent<string>) => journey.closeCamera(event.detail)}
      @leave=${() => journey.closeCamera()}
    ></photo-booth>
  `
}

export function cameraPanel(journey: Journey): TemplateResult {
  const { heading, lead, starting, shoot, back } = texts().camera
  const { cameraReady, work } = journey.state
  const take = () => {
    journey.shoot()
    void document.querySelector<PhotoBooth>('photo-booth')?.shoot()
  }
  return html`
    <h1>${heading}</h1>
    <p>${lead}</p>
    <p role="status">${work ? underWay(journey.state) : cameraReady ? '' : `${starting} …`}</p>
    <div class="actions">
      <button type="button" class="button primary" ?disabled=${!cameraReady || work} @click=${take}>${shoot}</button>
      <button type="button" class="button" @click=${() => journey.closeCamera()}>${back}</button>
    </div>
  `
}
