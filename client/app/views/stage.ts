import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { Comparison } from '../viewer/face-compare.ts'
import type { Face } from '../viewer/renderer.ts'

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

export function currentFace({ state: { capture, texture } }: Journey): Face | null {
  return capture && texture ? { mesh: capture.mesh, texture } : null
}

function comparison({ state }: Journey): Comparison | null {
  const { photo, capture, initial, texture, comparing } = state
  if (!photo || !capture || !texture) return null
  const { mesh, camera, view } = capture
  return {
    photo: photo.url,
    before: comparing === 'initial' ? initial : null,
    after: texture,
    mesh,
    camera,
    view,
  }
}

function labels({ state: { comparing, result } }: Journey): TemplateResult {
  return html`
    <span class="side left">${comparing === 'photo' ? 'Photo' : 'Before refining'}</span>
    <span class="side right">${result?.refined.optimised ? 'Refined' : '3D face'}</span>
  `
}
