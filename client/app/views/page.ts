import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey/journey.ts'
import type { ResultStage } from '../journey/state.ts'
import { shareDialog } from '../sharing/share-dialog.ts'
import { texts } from '../texts/index.ts'
import { cameraPanel, cameraStage } from './camera.ts'
import { downloadDialog } from './download-dialog.ts'
import { footer } from './footer.ts'
import { foundPanel, foundStage } from './found.ts'
import { makingWords } from './head-choice.ts'
import { bar, fractionOf, messages } from './parts.ts'
import { photoPanel, photoStage } from './photo.ts'
import { refiningPanel } from './refining.ts'
import { resultPanel } from './result.ts'
import { goToShelf, hasShelf, shelfSection } from './shelf.ts'
import { shortcutSheet } from './shortcut-sheet.ts'
import { comparisonOf, faceStage } from './stage.ts'
import { evidenceOf, stageTools } from './stage-tools.ts'
import { top } from './top.ts'
import { viewStrip } from './view-strip.ts'

/** The whole page: one stage, one panel beside (or, on a phone, below) it, and what lies over both. */
export function page(journey: Journey): TemplateResult {
  const { state } = journey.store
  const { name } = state.stage
  const words = texts().page
  const { stage, strip, panel, over } = screen(journey)
  const { shortcuts } = state
  const toShelf = state.shelf.cards.length > 0 ? () => visitShelf(journey) : null
  const isUnderWay = state.work || (state.transfer && name === 'found') || state.leaving
  return html`
    ${top({ ...state, isBusy: name === 'refining' }, journey.settings, () => journey.startOver(), toShelf)}
    <main class="${name} ${state.brush.out ? 'brushing' : ''}">
      <section class="stage" aria-label=${words.stage}>
        ${stage} ${isUnderWay ? bar(fractionOf(state)) : nothing}
      </section>
      ${strip ?? nothing}
      <section class="panel" aria-label=${words.panel}>
        ${messages(state)} ${panel}
      </section>
    </main>
    ${name === 'photo' && hasShelf(state.shelf) ? shelfSection(state.shelf, journey) : nothing}
    ${footer(state.language)} ${over ?? nothing}
    ${shortcuts.open ? shortcutSheet(shortcuts.on, journey.settings) : nothing}
    <div class="drop-veil" aria-hidden="true"><span>${words.dropVeil}</span></div>
  `
}

function visitShelf(journey: Journey): void {
  journey.startOver()
  goToShelf()
}

interface Screen {
  stage: unknown
  panel: TemplateResult
  /** Below the stage. */
  strip?: TemplateResult
  /** A dialog over the page. */
  over?: TemplateResult
}

/** Each stage gives its own data to its own views. */
function screen(journey: Journey): Screen {
  const { state } = journey.store
  const { stage, motion, brush } = state
  switch (stage.name) {
    case 'photo':
      return { stage: photoStage(motion, journey.finding), panel: photoPanel(state, journey) }
    case 'camera':
      return { stage: cameraStage(journey), panel: cameraPanel(stage.ready, state, journey.camera) }
    case 'found':
      return { stage: foundStage(stage, brush, journey), panel: foundPanel(stage, state, journey) }
    case 'refining': {
      const { subject, before, shown, face, run } = stage
      const made = shown ?? face
      return {
        // Until there is a face to show, the photo stays.
        stage: made
          ? faceStage({ face: made, motion }, journey.results)
          : foundStage({ subject, seen: before }, brush, journey),
        panel: refiningPanel(run, state, journey.refining),
      }
    }
    case 'result': {
      const { subject, result } = stage
      const shown = {
        ...{ face: result, motion, light: subject.light, comparison: comparisonOf(stage) },
        evidence: stage.evidence ? evidenceOf(result) : undefined,
        isComing: state.polish?.at === 'making' || state.polish?.at === 'made',
      }
      return {
        stage: html`${faceStage(shown, journey.results)}${stageTools(stage, journey)}`,
        strip: viewStrip(stage, journey.results),
        panel: resultPanel(stage, state, journey),
        over: dialogOver(stage, state.elapsed, journey),
      }
    }
  }
}

function dialogOver(
  { dialog, result, downloading }: ResultStage,
  elapsed: number,
  { results, sharings, heads }: Pick<Journey, 'results' | 'sharings' | 'heads'>,
): TemplateResult | undefined {
  const sharing = sharings.of(result)
  const { making } = heads.of(result)
  if (dialog === 'download') return downloadDialog(result, making, downloading, elapsed, results)
  const coming = making && makingWords(result.head, making)
  if (dialog === 'share' && sharing) return shareDialog(sharing, coming, () => results.openDialog(null))
}
