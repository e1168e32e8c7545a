import { html, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import samplePhoto from '../sample/astronaut.png?no-inline'
import sampleThumbnail from '../sample/astronaut-thumbnail.webp?no-inline'
import { chooser } from './parts.ts'

export function photoStage(journey: Journey): TemplateResult {
  return html`
    <label class="drop-zone">
      <input
        type="file"
        accept="image/*"
        class="unseen"
        tabindex="-1"
        aria-hidden="true"
        @change=${(event: Event) => journey.choosePhoto([...((event.target as HTMLInputElement).files ?? [])])}
      />
      <svg viewBox="0 0 120 140" aria-hidden="true">
        <path d="M60 12c27 0 42 19 42 47 0 36-20 69-42 69S18 95 18 59c0-28 15-47 42-47Z" />
        <path d="M36 54q8-6 16 0M68 54q8-6 16 0M60 58v22q0 5-7 5M44 102q16 9 32 0" />
      </svg>
      <span class="drop-words">Drop a photo of a face here</span>
      <span class="drop-more">or paste one, or click to choose</span>
    </label>
  `
}

export function photoPanel(journey: Journey): TemplateResult {
  return html`
    <h1>Turn a photo of a face into a 3D face</h1>
    <p>It gets a complete skin texture, also where the photo shows nothing, ready for any 3D program.</p>
    <div class="actions">
      ${chooser(journey, 'Choose a photo', 'primary')}
      <button type="button" class="button" @click=${() => journey.openCamera()}>Take a photo</button>
    </div>
    <button type="button" class="sample" @click=${() => journey.chooseSample(samplePhoto, 'astronaut.png')}>
      <img src=${sampleThumbnail} alt="" width="56" height="56" />
      <span><b>Use the sample</b><small>Astronaut Eileen Collins. NASA photo, public domain.</small></span>
    </button>
    <p class="privacy">
      Your photo never leaves this device: everything is computed here, in your browser. What is downloaded is the
      same for everyone, and nothing is sent back.
    </p>
  `
}
