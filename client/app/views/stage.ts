import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { Face } from '../viewer/drawing.ts'
import type { Comparison } from '../viewer/face-compare.ts'

/** The face in 3D while it is refined and after; one element for both, so that it keeps turning. */
export function faceStage(journey: Journey): TemplateResult {
  const { stage, comparing } = journey.state
  const face = currentFace(journey)
  const compare = stage === 'result' && comparing !== null
  return html`
    <face-viewer class=${compare ? 'away' : ''} .face=${face}></face-viewer>
    ${face ? html`<span class="hint" aria-hidden="true">Drag to turn</span>` : nothing}
    ${compare ? html`<face-compare .comparison=${comparison(journey)}></face-compare>` : nothing}
    ${compare ? labels(journey) : nothing}
  `
}

export function currentFace({ state: { seen, texture } }: Journey): Face | null {
  return seen && texture ? { mesh: seen.mesh, texture } : null
}

function comparison({ state }: Journey): Comparison | null {
  const { photo, seen, texture, comparing } = state
  if (!photo || !seen || !texture) return null
  const { mesh, camera, crop, initial } = seen
  return {
    photo: photo.url,
    before: comparing === 'initial' ? initial : null,
    after: texture,
    mesh,
    camera,
    crop,
  }
}

function labels({ state: { comparing, result } }: Journey): TemplateResult {
  return html`
    <span class="side left">${comparing === 'photo' ? 'Photo' : 'Before refining'}</span>
    <span class="side right">${result?.refined.optimised ? 'Refined' : '3D face'}</span>
  `
}
