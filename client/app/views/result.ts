import { html, nothing, type TemplateResult } from 'lit-html'
import { passOf } from '../../refine/passes.ts'
import type { Journey } from '../journey/journey.ts'
import type { Results } from '../journey/results.ts'
import type { Comparing, ResultStage, State, UnderWay } from '../journey/state.ts'
import { type Result, showsHead } from '../result.ts'
import { hasNothingToMake, isPoorShot } from '../seen.ts'
import type { Made } from '../texts/en.ts'
import { texts } from '../texts/index.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import type { Orbit } from '../viewer/orbit.ts'
import { finer } from './finer.ts'
import { headChoice } from './head-choice.ts'
import { keptOffer } from './kept-offer.ts'
import { details } from './parts.ts'
import { isTold, polishLine } from './polish.ts'
import { puppetButton, puppetPanel } from './puppet.ts'
import { runChoice } from './runs.ts'
import { keptWords } from './shelf.ts'
import { differences, runWords } from './stage.ts'
import { takeButton } from './ways-on.ts'
import { whatNow } from './what-now.ts'

export function resultPanel(
  stage: ResultStage,
  state: Pick<State, 'cover' | 'choices' | 'estimate' | 'polish' | 'kept' | 'language'> & UnderWay,
  journey: Pick<
    Journey,
    | 'results'
    | 'finding'
    | 'camera'
    | 'painting'
    | 'refining'
    | 'polishing'
    | 'heads'
    | 'hairLooks'
    | 'shelf'
    | 'startOver'
  >,
): TemplateResult {
  const { results, finding, camera, refining } = journey
  const { subject, result } = stage
  const { photo } = subject
  const isPoor = photo !== null && isPoorShot(photo, result.seen)
  if (stage.puppet === 'open') return puppetPanel(stage, state.language, results)
  const how = madeHow(result)
  const words = texts().result
  return html`
    ${state.kept ? keptOffer(state.kept, refining) : nothing}
    <h1>${heading(result)}</h1>
    <div class="actions three">
      <button type="button" class="button ${isPoor ? '' : 'primary'}" @click=${() => results.openDialog('download')}>${words.download}</button>
      <button type="button" class="button share" @click=${() => results.openDialog('share')}>${words.share}</button>
      <button type="button" class="button" @click=${() => journey.startOver()}>${words.tryAnother}</button>
      ${photo?.source === 'camera' ? takeButton(camera, texts().found.takeAgain, isPoor ? 'primary' : '') : nothing}
    </div>
    <p>
      <span role="status">${words.made(how, result.seen.quality)}</span>
      ${how === 'filled' && !isTold(state.polish) ? words.finerGives : nothing}
    </p>
    ${polishLine(state.polish, journey.polishing)}
    ${keptWords(stage, journey.shelf, () => results.openDialog('download'))}
    ${headChoice(stage, state, journey)}
    ${puppetButton(stage, results)}
    ${stageChoice(stage, results)}
    ${subject.photo ? finer(stage, state, journey) : nothing}
    ${runChoice(subject.results, result, results)}
    ${whatNow(result, state.language)}
    ${subject.photo ? html`<button type="button" class="plain back" @click=${() => finding.showPhoto(subject)}>${words.back}</button>` : nothing}
    ${resultDetails(result)}
  `
}

function madeHow({ refined, seen, of }: Result): Made {
  if (refined.optimised) return 'optimised'
  return hasNothingToMake(seen, of.strokes) ? 'complete' : 'filled'
}

function heading(result: Result): string {
  const { heading, headingStraight, headingHead } = texts().result
  if (showsHead(result)) return headingHead
  return result.refined.optimised ? heading : headingStraight
}

/** The face in 3D, or compared with what it came from. */
function stageChoice(stage: ResultStage, results: Results): TemplateResult {
  const { comparing, result } = stage
  const words = texts().result
  const { initial, run } = differences(stage)
  const choices: [Comparing | null, string, Orbit?][] = [
    [null, showsHead(result) ? words.headIn3d : words.in3d],
  ]
  if (stage.subject.photo) choices.push(['photo', words.onPhoto])
  if (initial) choices.push(['initial', words.beforeAfter, initial])
  if (run) choices.push(['run', words.compareRuns, run])
  if (choices.length === 1) return html`${nothing}`
  return html`
    <div class="segments" role="group" aria-label=${words.look}>
      ${choices.map(
        ([value, text, orbit]) => html`
          <button type="button" aria-pressed=${comparing === value} @click=${() => compare(value, orbit, results)}>
            ${text}
          </button>
        `,
      )}
    </div>
  `
}

/** In 3D it begins where there is a difference. */
function compare(comparing: Comparing | null, orbit: Orbit | undefined, results: Results): void {
  results.compare(comparing)
  if (orbit) document.querySelector<FaceViewer>('face-viewer')?.look(orbit)
}

function resultDetails(result: Result): TemplateResult {
  const { refined, runsOn, seconds, seen } = result
  const { details: words, losses, figures } = texts()
  const last = Object.entries(refined.steps.at(-1)?.losses ?? {}) as [keyof typeof losses, number][]
  const { interOcular, yaw, pitch } = seen.quality
  return details([
    [words.done, words.doneValue(refined)],
    [words.ranOn, texts().runsOn(runsOn)],
    [words.preset, runWords(result)],
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
