import { html, nothing, type TemplateResult } from 'lit-html'
import type { Camera } from '../journey/camera.ts'
import type { Journey } from '../journey/journey.ts'
import type { Faces } from '../journey/state.ts'
import { mayHaveCamera } from '../photo/may-have-camera.ts'
import type { OpenPhoto } from '../photo/open-photo.ts'
import { texts } from '../texts/index.ts'
import { chooser } from './parts.ts'
import { sampleButton } from './photo.ts'

/** Faults that the same photo would have again. */
const ofThePhoto = new Set([
  ...['no-face', 'part-of-face', 'too-small', 'little-shown'],
  ...['not-an-image', 'empty', 'heic', 'unread-format', 'damaged', 'unreadable', 'too-large'],
])

/** Where there is no face to refine: whatever may help, the likeliest first. */
export function waysOn(
  photo: OpenPhoto,
  faces: Faces | null,
  fault: string | null,
  { finding, camera }: Pick<Journey, 'finding' | 'camera'>,
): TemplateResult {
  const words = texts().found
  const isPhoto = fault !== null && ofThePhoto.has(fault)
  const isCamera = photo.source === 'camera'
  const headings: Record<string, string> = {
    'too-small': words.tooSmall,
    'little-shown': words.littleShown,
    'part-of-face': words.littleShown,
    'no-face': words.none,
  }
  const heading = headings[fault ?? 'no-face'] ?? words.failed
  const again = html`<button type="button" class="button primary" @click=${() => finding.lookAgain()}>${words.tryAgain}</button>`
  const turn = html`<button type="button" class="button" @click=${() => finding.turnPhoto()}>${words.turn}</button>`
  return html`
    <h1>${heading}</h1>
    <p role="status">${faces && faces.all.length > 1 ? words.another : nothing}</p>
    <div class="actions">
      ${isPhoto ? nothing : again}
      ${isCamera ? takeButton(camera, words.takeAgain, isPhoto ? 'primary' : '') : nothing}
      ${chooser(finding, words.anotherPhoto, isPhoto && !isCamera ? 'primary' : '')}
      ${isCamera ? nothing : takeButton(camera, texts().photo.take)} ${fault === 'no-face' ? turn : nothing}
    </div>
    ${sampleButton(finding)}
  `
}

export function takeButton(camera: Camera, words: string, className = '') {
  if (!mayHaveCamera()) return nothing
  return html`<button type="button" class="button ${className}" @click=${() => camera.open()}>${words}</button>`
}
