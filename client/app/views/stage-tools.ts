import { html, nothing, type TemplateResult } from 'lit-html'
import type { Changes } from '../journey/changes.ts'
import type { Journey } from '../journey/journey.ts'
import type { Results } from '../journey/results.ts'
import type { ResultStage } from '../journey/state.ts'
import { type Result, showsHead } from '../result.ts'
import { texts } from '../texts/index.ts'
import { type Source, sourceColours } from '../viewer/evidence-colours.ts'
import { textOf } from './parts.ts'

/** Degrees to the viewer's right from which the studio's main light comes at first. */
export const studioLight = -40

/** `Evidence` of what is shown; undefined: it was not kept. */
export function evidenceOf(result: Pick<Result, 'head' | 'cover' | 'seen'>): Uint8Array | undefined {
  return showsHead(result) ? result.head.evidence : result.seen.evidence
}

/** How the head on the stage is looked at: two switches in its corner, and what belongs to them; and the way back from changes. */
export function stageTools(
  { subject, result, evidence }: ResultStage,
  { results, changes }: Pick<Journey, 'results' | 'changes'>,
): TemplateResult {
  const words = texts().viewer
  const { light } = subject
  return html`
    <div class="stage-tools" role="group" aria-label=${words.tools}>
      ${wayBack(changes)}
      ${light === null ? nothing : lamp(light, results)}
      ${tool(words.studio, light !== null, bulb, () => results.lightFrom(light === null ? studioLight : null))}
      ${
        evidenceOf(result)
          ? tool(words.evidence, evidence, layers, () => results.showEvidence(!evidence))
          : nothing
      }
    </div>
    ${evidence ? legend() : nothing}
  `
}

function tool(words: string, on: boolean, icon: string, pressed: () => void): TemplateResult {
  return html`
    <button type="button" aria-pressed=${on} aria-label=${words} title=${words} @click=${pressed}>
      ${drawing(icon)}
    </button>
  `
}

/** Once there is something to undo. A button that has the focus keeps it when it has done its last. */
function wayBack(changes: Changes): unknown {
  const { undo, redo } = texts().undo
  const { canUndo, canRedo } = changes.here ?? {}
  if (!canUndo && !canRedo) return nothing
  const way = (words: string, can: boolean | undefined, icon: string, pressed: () => void) => html`
    <button type="button" aria-disabled=${!can} aria-label=${words} title=${words} @click=${pressed}>
      ${drawing(icon)}
    </button>
  `
  return [
    way(undo, canUndo, backArrow, () => changes.undo()),
    way(redo, canRedo, forthArrow, () => changes.redo()),
  ]
}

const drawing = (icon: string) => html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${icon} /></svg>`

const backArrow = 'M9 7 5 11l4 4M5 11h9a4.5 4.5 0 0 1 0 9h-3'
const forthArrow = 'M15 7l4 4-4 4M19 11h-9a4.5 4.5 0 0 0 0 9h3'
const bulb =
  'M9.5 18h5M10.5 21h3M8.6 14.9C6.9 13.8 6 12 6 10a6 6 0 0 1 12 0c0 2-.9 3.8-2.6 4.9-.6.4-.9 1-.9 1.6H9.5c0-.6-.3-1.2-.9-1.6z'
const layers = 'M12 4 3 9l9 5 9-5zM3 12.5l9 5 9-5M3 16l9 5 9-5'

/** The main light can be moved around: it shows what is shape and what is skin. */
function lamp(light: number, results: Results): TemplateResult {
  const words = texts().viewer
  return html`
    <input
      type="range"
      min="-80"
      max="80"
      aria-label=${words.moveLight}
      title=${words.moveLight}
      aria-valuetext=${words.lightFrom(light)}
      .value=${String(light)}
      @input=${(event: Event) => results.lightFrom(Number(textOf(event)))}
    />
  `
}

function legend(): TemplateResult {
  const { sources } = texts().viewer
  return html`
    <ul class="legend">
      ${(Object.entries(sourceColours) as [Source, readonly number[]][]).map(
        ([source, colour]) =>
          html`<li><span .style=${`background: rgb(${colour.join(' ')})`}></span>${sources[source]}</li>`,
      )}
    </ul>
  `
}
