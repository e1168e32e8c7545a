import { html, type TemplateResult } from 'lit-html'
import type { Results } from '../journey/results.ts'
import type { ResultStage } from '../journey/state.ts'
import { type Result, showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import { faceViews, headViews, type Orbit } from '../viewer/orbit.ts'
import { drawn } from './stage.ts'

/** Four still views; each turns the large one. */
export function viewStrip({ result, comparing, view }: ResultStage, results: Results): TemplateResult {
  const names = texts().viewer.views
  return html`
    <nav class="views" aria-label=${names.label}>
      ${viewsOf(result).map(
        ({ name, orbit }) => html`
          <button
            type="button"
            aria-pressed=${comparing !== 'photo' && view === name}
            @click=${() => lookFrom(document.querySelector<FaceViewer>('face-viewer'), orbit, results)}
          >
            <face-thumbnail .orbit=${orbit} .face=${drawn(result)}></face-thumbnail>
            <span class="name">${names[name]}</span>
          </button>
        `,
      )}
    </nav>
  `
}

/** The four views of what is shown. */
export const viewsOf = (result: Result) => (showsHead(result) ? headViews : faceViews)

/** Turns the large view, which takes the place of the photo. */
export function lookFrom(viewer: FaceViewer | null, orbit: Orbit, results: Results): void {
  results.leavePhoto()
  viewer?.look(orbit)
}
