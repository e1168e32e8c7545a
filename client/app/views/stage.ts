import { html, nothing, type TemplateResult } from 'lit-html'
import type { PresetName } from '../choices.ts'
import type { Journey } from '../journey.ts'
import type { Result } from '../result.ts'
import { texts } from '../texts/index.ts'
import type { Face } from '../viewer/drawing.ts'
import type { Comparison } from '../viewer/face-compare.ts'
import { type Orbit, viewAt } from '../viewer/orbit.ts'

/** The face in 3D while it is refined and after; one element for both, so that it keeps turning. */
export function faceStage(journey: Journey): TemplateResult {
  const { stage, comparing, light, motion } = journey.state
  const face = currentFace(journey)
  const compare = stage === 'result' && comparing !== null
  return html`
    <face-viewer
      class=${compare ? 'away' : ''}
      unwraps
      aria-label=${texts().viewer.label}
      .still=${!motion}
      .light=${stage === 'result' ? light : null}
      .face=${face}
      @turn=${({ detail }: CustomEvent<Orbit | null>) => journey.showView(viewAt(detail))}
    ></face-viewer>
    ${face ? html`<span class="hint" aria-hidden="true">${texts().viewer.hint}</span>` : nothing}
    ${compare ? html`<face-compare .comparison=${comparison(journey)}></face-compare>` : nothing}
    ${compare ? labels(journey) : nothing}
  `
}

export function currentFace({ state: { seen, texture } }: Journey): Face | null {
  return seen && texture ? { mesh: seen.mesh, texture } : null
}

/** The run before the one that is shown, where it is of the same face. */
export function runBefore({ state: { results, result } }: Journey): Result | null {
  const before = result && results[results.indexOf(result) - 1]
  return before && isSameFace(before, result) ? before : null
}

/** @example runWords(result) // -> 'Draft, 256 px' */
export function runWords({ refined: { preset, size } }: Result): string {
  const { presets, figures } = texts()
  return `${presets[preset as PresetName]}, ${figures.pixels(size)}`
}

const isSameFace = (a: Result, b: Result) =>
  a.seen.crop.left === b.seen.crop.left && a.seen.crop.top === b.seen.crop.top

function comparison(journey: Journey): Comparison | null {
  const { photo, seen, texture, comparing } = journey.state
  if (!photo || !seen || !texture) return null
  const { mesh, camera, crop, initial } = seen
  const before = { photo: null, initial, run: runBefore(journey)?.texture ?? null }[comparing!]
  return { photo: photo.url, before, after: texture, mesh, camera, crop }
}

function labels(journey: Journey): TemplateResult {
  const { comparing, result, results } = journey.state
  const words = texts().result
  const number = results.indexOf(result!) + 1
  const run = (of: Result | null, index: number) => of && `${words.run(index)}: ${runWords(of)}`
  const before = run(runBefore(journey), number - 1)
  const left = { photo: words.photo, initial: words.before, run: before }[comparing!]
  const right = result?.refined.optimised ? words.refined : words.in3d
  return html`
    <span class="side left">${left}</span>
    <span class="side right">${comparing === 'run' ? run(result, number) : right}</span>
  `
}
