import { html, nothing, type TemplateResult } from 'lit-html'
import type { FaceBox } from '../../face/types.ts'
import type { Journey } from '../journey/journey.ts'
import type { FoundStage, Said, State, UnderWay } from '../journey/state.ts'
import type { Stroke } from '../photo/strokes.ts'
import { isPoorShot, proposedCover } from '../seen.ts'
import { texts } from '../texts/index.ts'
import { brushTools, coverOffer } from './brush.ts'
import { keptOffer } from './kept-offer.ts'
import { chooser, underWay } from './parts.ts'
import { runChoice } from './runs.ts'
import { takeButton, waysOn } from './ways-on.ts'

/** Pixels between the eyes below which the photo has fewer pixels than the smallest texture has texels. */
const softBelow = 60

/** What can be done here, besides what the panel's parts do. */
type Rooms = Pick<Journey, 'finding' | 'camera' | 'painting' | 'refining' | 'results'>
type Rest = Pick<State, 'brush' | 'kept'> & Said & UnderWay

/** The photo with what was found in it. */
export function foundStage(
  { subject, seen }: Pick<FoundStage, 'subject' | 'seen'>,
  brush: State['brush'],
  { finding, painting }: Pick<Journey, 'finding' | 'painting'>,
): TemplateResult {
  const { photo, faces, strokes } = subject
  const board = {
    photo,
    faces: faces?.all ?? none,
    face: faces?.chosen ?? null,
    landmarks: seen?.landmarks ?? null,
    strokes,
    proposed: proposedCover(seen, strokes)?.strokes ?? [],
    brush,
  }
  return html`
    <photo-board
      .board=${board}
      @face=${(event: CustomEvent<FaceBox>) => finding.chooseFace(event.detail)}
      @stroke=${(event: CustomEvent<Stroke>) => painting.paint(event.detail)}
    ></photo-board>
  `
}

/** Always the same, so that the board does not move for it. */
const none: readonly FaceBox[] = []

export function foundPanel(stage: FoundStage, rest: Rest, rooms: Rooms): TemplateResult {
  const { subject, seen } = stage
  const offer = rest.kept ? keptOffer(rest.kept, rooms.refining) : nothing
  const content =
    seen || rest.work
      ? facePanel(stage, rest, rooms)
      : waysOn(subject.photo, subject.faces, rest.error?.fault ?? null, rooms)
  return html`${offer} ${content} ${runChoice(subject.results, null, rooms.results)}`
}

function facePanel({ subject, seen }: FoundStage, rest: Rest, rooms: Rooms): TemplateResult {
  const { photo, faces, strokes } = subject
  const { work, error } = rest
  const { finding, camera, painting, refining } = rooms
  const words = texts().found
  const toCome = work ? null : underWay(rest)
  const isPainted = error?.fault === 'no-style' || error?.fault === 'little-shown'
  const isPoor = seen !== null && isPoorShot(photo, seen)
  return html`
    <h1>${work && !seen ? words.wait : words.heading}</h1>
    <p role="status" class="found-words">${work ? underWay(rest) : foundWords(faces?.all.length ?? 0, seen)}</p>
    ${
      faces
        ? html`
            ${work ? nothing : coverOffer(proposedCover(seen, strokes), painting)}
            ${brushTools(rest.brush, strokes.length > 0, painting)}
          `
        : nothing
    }
    ${toCome ? html`<p><small>${toCome}</small></p>` : nothing}
    <div class="actions">
      ${
        faces
          ? html`<button type="button" class="button ${isPoor ? '' : 'primary'}" ?disabled=${!seen || work} @click=${() => refining.show()}>${words.make}</button>`
          : nothing
      }
      ${isPainted && strokes.length > 0 ? html`<button type="button" class="button" @click=${() => painting.clearStrokes()}>${words.clearBrush}</button>` : nothing}
      ${photo.source === 'camera' ? takeButton(camera, words.takeAgain, isPoor ? 'primary' : '') : nothing}
      ${chooser(finding, words.anotherPhoto, faces || work ? '' : 'primary')}
    </div>
  `
}

/** How many faces there are, and how much the photo shows of the chosen one. */
function foundWords(count: number, seen: FoundStage['seen']): unknown {
  const words = texts().found
  const evidence = seen && words.evidence(seen.quality, seen.quality.interOcular < softBelow)
  return html`
    ${seen ? words.words(count, seen.quality) : nothing}
    ${count > 1 ? words.another : nothing}
    ${evidence ? html`<small>${evidence}</small>` : nothing}
  `
}
