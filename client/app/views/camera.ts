import { html, type TemplateResult } from 'lit-html'
import type { Camera } from '../journey/camera.ts'
import type { Journey } from '../journey/journey.ts'
import type { UnderWay } from '../journey/state.ts'
import type { PhotoBooth } from '../photo/photo-booth.ts'
import { texts } from '../texts/index.ts'
import { underWay } from './parts.ts'

export function cameraStage({ camera, finding }: Pick<Journey, 'camera' | 'finding'>): TemplateResult {
  return html`
    <photo-booth
      .label=${texts().camera.picture}
      @ready=${() => camera.ready()}
      @photo=${(event: CustomEvent<File>) => finding.choosePhoto([event.detail], 'camera')}
      @unavailable=${(event: CustomEvent<string>) => camera.close(event.detail)}
      @leave=${() => camera.close()}
    ></photo-booth>
  `
}

/** @param ready is there a picture? */
export function cameraPanel(ready: boolean, under: UnderWay, camera: Camera): TemplateResult {
  const { heading, lead, starting, shoot, back } = texts().camera
  const take = () => {
    camera.shoot()
    void document.querySelector<PhotoBooth>('photo-booth')?.shoot()
  }
  return html`
    <h1>${heading}</h1>
    <p>${lead}</p>
    <p role="status">${under.work ? underWay(under) : ready ? '' : `${starting} …`}</p>
    <div class="actions">
      <button type="button" class="button primary" ?disabled=${!ready || under.work} @click=${take}>${shoot}</button>
      <button type="button" class="button" @click=${() => camera.close()}>${back}</button>
    </div>
  `
}
