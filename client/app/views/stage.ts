import { html, nothing, type TemplateResult } from 'lit-html'
import type { PresetName } from '../choices.ts'
import type { Results } from '../journey/results.ts'
import type { Comparing, ResultStage } from '../journey/state.ts'
import type { SeenFace } from '../messages.ts'
import type { Pixels } from '../pixels.ts'
import { isOfSameFace, type Result, showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import { orbitOfDifference } from '../viewer/difference.ts'
import type { Face } from '../viewer/drawing.ts'
import type { Comparison } from '../viewer/face-compare.ts'
import { type Orbit, viewAt } from '../viewer/orbit.ts'
import { withOtherFace } from '../viewer/other-face.ts'

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
  /** A texture in 3D, or the photo as it was taken. */
  before: Pixels | Comparison
  left: string
  right: string
}

/** The face in 3D while it is refined and after; one element for both, so that it keeps turning. */
export function faceStage(
  { face, motion, light = null, evidence, isComing = false, comparison }: Shown,
  results: Results,
): TemplateResult {
  const before = comparison?.before ?? null
  const flat = before && 'photo' in before ? before : null
  const shown: Face = {
    ...drawn(face),
    evidence,
    coming: isComing && !evidence ? face.seen.evidence : undefined,
  }
  return html`
    <face-viewer
      class=${flat ? 'away' : ''}
      unwraps
      aria-label=${showsHead(face) ? texts().viewer.headLabel : texts().viewer.label}
      .still=${!motion || flat !== null}
      .light=${light}
      .face=${shown}
      .driver=${results.driver}
      .other=${flat ? null : before}
      @hold=${({ detail }: CustomEvent<boolean>) => results.hold(detail)}
      @turn=${({ detail }: CustomEvent<Orbit | null>) => results.showView(viewAt(detail))}
    ></face-viewer>
    <span class="hint" aria-hidden="true">${texts().viewer.hint}</span>
    ${comparison ? compared(comparison, flat) : nothing}
  `
}

/** The head where there is one and it is wanted, else the face. */
export function drawn(face: TexturedFace): Face {
  if (showsHead(face)) {
    const { mesh, texture, hair, movement } = face.head
    return { mesh, texture, hair, movement }
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

/** What there is to compare a result with in 3D, and from where: left out where no difference could be seen. */
export function differences(stage: ResultStage): Partial<Record<Comparing, Orbit>> {
  const { seen, refined, texture } = stage.result
  const run = runBefore(stage)
  const from = (before: Pixels) => orbitOfDifference(seen.mesh, before, texture) ?? undefined
  return {
    initial: refined.optimised ? from(seen.initial) : undefined,
    run: run ? from(run.texture) : undefined,
  }
}

/** What a result is compared with, where it is. */
export function comparisonOf(stage: ResultStage): Labelled | null {
  const { subject, result, comparing } = stage
  const { seen, texture, refined } = result
  const words = texts().result
  const number = subject.results.indexOf(result) + 1
  const run = (of: Result, index: number) => `${words.run(index)}: ${runWords(of)}`
  if (comparing === 'photo' && subject.photo) {
    const { mesh, camera, crop } = seen
    const before = { photo: subject.photo.url, texture, mesh, camera, crop }
    return { before, left: words.photo, right: refined.optimised ? words.refined : words.in3d }
  }
  if (comparing === 'initial')
    return { before: shownWith(result, seen.initial), left: words.before, right: words.refined }
  const before = comparing === 'run' ? runBefore(stage) : null
  if (!before) return null
  const [left, right] = [run(before, number - 1), run(result, number)]
  return { before: shownWith(result, before.texture), left, right }
}

/** What is shown of a result, with another texture of its face. */
function shownWith(result: Result, other: Pixels): Pixels {
  return showsHead(result) ? withOtherFace(result.head.texture, result.texture, other) : other
}

function compared({ left, right }: Labelled, flat: Comparison | null): TemplateResult {
  return html`
    ${
      flat
        ? html`<face-compare .comparison=${flat}></face-compare>`
        : html`<dividing-line .label=${texts().viewer.slider}></dividing-line>`
    }
    <span class="side left">${left}</span>
    <span class="side right">${right}</span>
  `
}
