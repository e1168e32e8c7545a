import { html, nothing, type TemplateResult } from 'lit-html'
import type { PresetName } from '../choices.ts'
import type { Results } from '../journey/results.ts'
import type { ResultStage } from '../journey/state.ts'
import type { SeenFace } from '../messages.ts'
import type { Pixels } from '../pixels.ts'
import { isOfSameFace, type Result, showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import type { Face } from '../viewer/drawing.ts'
import type { Comparison } from '../viewer/face-compare.ts'
import { type Orbit, viewAt } from '../viewer/orbit.ts'

interface Shown {
  face: TexturedFace
  /** May it move by itself? */
  motion: boolean
  /** Degrees to the viewer's right; null: the photo's own. */
  light?: number | null
  /** Where it comes from, to be shown instead. */
  evidence?: Uint8Array
  /** Is what its photo does not show being made? */
  isComing?: boolean
  comparison?: Labelled | null
}

interface TexturedFace extends Pick<Result, 'head' | 'cover'> {
  seen: SeenFace
  texture: Pixels
}

/** What is compared, and what stands to the left and to the right. */
interface Labelled {
  comparison: Comparison
  left: string | null
  right: string | null
}

/** The face in 3D while it is refined and after; one element for both, so that it keeps turning. */
export function faceStage(
  { face, motion, light = null, evidence, isComing = false, comparison }: Shown,
  results: Results,
): TemplateResult {
  const shown: Face = {
    ...drawn(face),
    evidence,
    coming: isComing && !evidence ? face.seen.evidence : undefined,
  }
  return html`
    <face-viewer
      class=${comparison ? 'away' : ''}
      unwraps
      aria-label=${showsHead(face) ? texts().viewer.headLabel : texts().viewer.label}
      .still=${!motion}
      .light=${light}
      .face=${shown}
      @hold=${({ detail }: CustomEvent<boolean>) => results.hold(detail)}
      @turn=${({ detail }: CustomEvent<Orbit | null>) => results.showView(viewAt(detail))}
    ></face-viewer>
    <span class="hint" aria-hidden="true">${texts().viewer.hint}</span>
    ${comparison ? compared(comparison) : nothing}
  `
}

/** The head where there is one and it is wanted, else the face. */
export function drawn(face: TexturedFace): Face {
  if (showsHead(face)) {
    const { mesh, texture, hair } = face.head
    return { mesh, texture, hair }
  }
  return { mesh: face.seen.mesh, texture: face.texture }
}

/** The run before the one that is shown, where it is of the same face. */
export function runBefore({ subject, result }: ResultStage): Result | null {
  const { results } = subject
  const before = results[results.indexOf(result) - 1]
  return before && isOfSameFace(before, result) ? before : null
}

/** @example runWords(result) // -> 'Draft, 256 px' */
export function runWords({ refined: { preset, size } }: Result): string {
  const { presets, figures } = texts()
  return `${presets[preset as PresetName]}, ${figures.pixels(size)}`
}

/** What a result is compared with, where it is. */
export function comparisonOf(stage: ResultStage): Labelled | null {
  const { subject, result, comparing } = stage
  if (!comparing) return null
  const { mesh, camera, crop, initial } = result.seen
  const before = runBefore(stage)
  const words = texts().result
  const number = subject.results.indexOf(result) + 1
  const run = (of: Result | null, index: number) => of && `${words.run(index)}: ${runWords(of)}`
  const refined = result.refined.optimised ? words.refined : words.in3d
  return {
    comparison: {
      photo: subject.photo?.url ?? null,
      before: { photo: null, initial, run: before?.texture ?? null }[comparing],
      after: result.texture,
      ...{ mesh, camera, crop },
    },
    left: { photo: words.photo, initial: words.before, run: run(before, number - 1) }[comparing],
    right: comparing === 'run' ? run(result, number) : refined,
  }
}

function compared({ comparison, left, right }: Labelled): TemplateResult {
  return html`
    <face-compare .comparison=${comparison}></face-compare>
    <span class="side left">${left}</span>
    <span class="side right">${right}</span>
  `
}
