import { html, nothing, type TemplateResult } from 'lit-html'
import { passOf } from '../../refine/passes.ts'
import type { Journey } from '../journey.ts'
import type { Comparing } from '../state.ts'
import { texts } from '../texts/index.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import { fourViews } from '../viewer/orbit.ts'
import { details, textOf } from './parts.ts'
import { runChoice } from './runs.ts'
import { currentFace, runBefore, runWords } from './stage.ts'

export function resultPanel(journey: Journey): TemplateResult {
  const { result } = journey.state
  if (!result) return html`${nothing}`
  const { optimised } = result.refined
  const words = texts().result
  return html`
    <h1>${optimised ? words.heading : words.headingStraight}</h1>
    <div class="actions three">
      <button type="button" class="button primary" @click=${() => journey.openDialog('download')}>${words.download}</button>
      <button type="button" class="button share" @click=${() => journey.openDialog('share')}>${words.share}</button>
      <button type="button" class="button" @click=${() => journey.startOver()}>${words.tryAnother}</button>
    </div>
    <p role="status">${words.made(optimised, result.seen.quality)}</p>
    ${stageChoice(journey)} ${light(journey)}
    ${runChoice(journey)}
    <button type="button" class="plain back" @click=${() => journey.backToPhoto()}>${words.back}</button>
    ${resultDetails(journey)}
  `
}

/** The face in 3D, or compared with what it came from. */
function stageChoice(journey: Journey): TemplateResult {
  const { comparing, result } = journey.state
  const words = texts().result
  const choices: [Comparing | null, string][] = [
    [null, words.in3d],
    ['photo', words.onPhoto],
  ]
  if (result?.refined.optimised) choices.push(['initial', words.beforeAfter])
  if (runBefore(journey)) choices.push(['run', words.compareRuns])
  return html`
    <div class="segments" role="group" aria-label=${words.look}>
      ${choices.map(
        ([value, text]) => html`
          <button type="button" aria-pressed=${comparing === value} @click=${() => journey.compare(value)}>
            ${text}
          </button>
        `,
      )}
    </div>
  `
}

/** A lamp that can be moved: shows what is shape and what is skin. Moving it turns it on. */
function light(journey: Journey): TemplateResult {
  const { light } = journey.state
  const words = texts().result
  return html`
    <div class="light">
      <label>
        <span>${words.light}</span>
        <input
          type="range"
          min="-80"
          max="80"
          aria-valuetext=${light === null ? words.ownLight : words.lightFrom(light)}
          .value=${String(light ?? 0)}
          @input=${(event: Event) => journey.lightFrom(Number(textOf(event)))}
        />
      </label>
      <button type="button" class="button small" ?disabled=${light === null} @click=${() => journey.lightFrom(null)}>
        ${words.ownLight}
      </button>
    </div>
  `
}

/** Four still views; each turns the large one. */
export function viewStrip(journey: Journey): TemplateResult {
  const names = texts().viewer.views
  return html`
    <nav class="views" aria-label=${names.label}>
      ${fourViews.map(
        ({ name, orbit }) => html`
          <button
            type="button"
            aria-pressed=${journey.state.comparing === null && journey.state.view === name}
            @click=${() => {
              journey.compare(null)
              document.querySelector<FaceViewer>('face-viewer')?.look(orbit)
            }}
          >
            <face-thumbnail .orbit=${orbit} .face=${currentFace(journey)}></face-thumbnail>
            <span class="name">${names[name]}</span>
          </button>
        `,
      )}
    </nav>
  `
}

function resultDetails({ state: { result } }: Journey): TemplateResult {
  const { refined, runsOn, seconds, seen } = result!
  const { details: words, losses, figures } = texts()
  const last = Object.entries(refined.steps.at(-1)?.losses ?? {}) as [keyof typeof losses, number][]
  const { interOcular, yaw, pitch } = seen.quality
  return details([
    [words.done, words.doneValue(refined)],
    [words.ranOn, texts().runsOn(runsOn)],
    [words.preset, runWords(result!)],
    [words.seed, refined.seed],
    [words.network, refined.backbone],
    [words.whole, figures.duration(seconds)],
    // The page's presets have one round each.
    ...refined.secondsPerScale.map(({ scale, setup, steps }, i, { length }): [string, string] => [
      words.pass(passOf(i, length), scale),
      words.passTime(steps, setup),
    ]),
    ...last.map(([name, value]): [string, string] => [words.last(losses[name]), figures.significant(value)]),
    [words.eyes, words.eyesValue(interOcular)],
    [words.turned, words.turnedValue(yaw, pitch)],
  ])
}
