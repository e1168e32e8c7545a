import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import type { Comparing } from '../state.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import { fourViews } from '../viewer/orbit.ts'
import { duration, fileSize, lossWords, madeWords } from '../words.ts'
import { details } from './parts.ts'
import { currentFace } from './stage.ts'

export function resultPanel(journey: Journey): TemplateResult {
  const { result, seen } = journey.state
  if (!result) return html`${nothing}`
  const { optimised } = result.refined
  return html`
    <h1>${optimised ? 'Your 3D face' : 'Your 3D face, straight from the photo'}</h1>
    <p role="status">${madeWords(optimised, seen!.quality)}</p>
    ${stageChoice(journey)}
    <ul class="downloads" aria-label="Downloads">
      ${result.files.map(
        ({ name, words, url, bytes }, i) => html`
          <li>
            <a class="button ${i === 0 ? 'primary' : ''}" href=${url} download=${name}>
              <span>${words}</span><small>${name}, ${fileSize(bytes)}</small>
            </a>
          </li>
        `,
      )}
    </ul>
    <div class="actions">
      <button type="button" class="button" @click=${() => journey.backToPhoto()}>Back to the photo</button>
      <button type="button" class="button" @click=${() => journey.startOver()}>Try another</button>
    </div>
    ${resultDetails(journey)}
  `
}

/** The face in 3D, or compared with what it came from. */
function stageChoice(journey: Journey): TemplateResult {
  const { comparing, result } = journey.state
  const choices: [Comparing | null, string][] = [
    [null, '3D face'],
    ['photo', 'On the photo'],
  ]
  if (result?.refined.optimised) choices.push(['initial', 'Before, after'])
  return html`
    <div class="segments" role="group" aria-label="Look at it in 3D, or compare with">
      ${choices.map(
        ([value, words]) => html`
          <button type="button" aria-pressed=${comparing === value} @click=${() => journey.compare(value)}>
            ${words}
          </button>
        `,
      )}
    </div>
  `
}

/** Four still views; each turns the large one. */
export function viewStrip(journey: Journey): TemplateResult {
  return html`
    <nav class="views" aria-label="Views">
      ${fourViews.map(
        ({ name, orbit }) => html`
          <button
            type="button"
            @click=${() => {
              journey.compare(null)
              document.querySelector<FaceViewer>('face-viewer')?.look(orbit)
            }}
          >
            <face-thumbnail .orbit=${orbit} .face=${currentFace(journey)}></face-thumbnail>
            <span class="name">${name}</span>
          </button>
        `,
      )}
    </nav>
  `
}

function resultDetails({ state: { result, seen } }: Journey): TemplateResult {
  const { refined, reason, seconds } = result!
  const last = Object.entries(refined.steps.at(-1)?.losses ?? {}) as [keyof typeof lossWords, number][]
  const { quality } = seen!
  return details([
    ['What was done', refined.summary],
    ['Ran on', reason],
    ['Preset', `${refined.preset}, ${refined.size} px`],
    ['Seed', refined.seed],
    ['Network', refined.backbone],
    ['Whole run', duration(seconds)],
    ...refined.secondsPerScale.map(({ round, scale, setup, steps }): [string, string] => [
      `Round ${round + 1}, ${scale} px`,
      `${duration(steps)}, after ${duration(setup)} of preparation`,
    ]),
    ...last.map(([name, value]): [string, string] => [`${lossWords[name]}, last`, value.toPrecision(4)]),
    ['Eyes apart', `${Math.round(quality.interOcular)} px in the photo`],
    ['Turned by', `${Math.round(quality.yaw)}°, tilted by ${Math.round(quality.pitch)}°`],
  ])
}
