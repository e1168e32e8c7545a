import { html, nothing, type TemplateResult } from 'lit-html'
import type { Results } from '../journey/results.ts'
import type { ResultStage } from '../journey/state.ts'
import type { Puppet } from '../puppet/puppet-panel.ts'
import { showsHead } from '../result.ts'
import { type Language, texts } from '../texts/index.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'

/** One click, and the webcam drives the head; where the head moves. */
export function puppetButton({ result, puppet }: ResultStage, results: Results): unknown {
  if (!showsHead(result) || !result.head.movement) return nothing
  return html`
    <button
      type="button"
      class="button puppet puppet-open"
      aria-busy=${puppet === 'coming'}
      @click=${() => results.openPuppet()}
    >
      ${texts().result.puppet}
    </button>
  `
}

/** In the place of the result's panel; its script is there. */
export function puppetPanel({ result }: ResultStage, language: Language, results: Results): TemplateResult {
  const puppet: Puppet = {
    viewer: document.querySelector<FaceViewer>('face-viewer')!,
    movement: result.head!.movement!.head,
    saveHead: async (animation) =>
      (await import('../puppet/save-moving.ts')).saveMoving(result.head!, animation),
    saveFilm: async (film) => (await import('../puppet/save-moving.ts')).saveFilm(film),
  }
  const leave = () => {
    results.closePuppet()
    // Where the reader came from, once it is drawn again.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.puppet-open')?.focus())
  }
  return html`<puppet-panel lang=${language} .puppet=${puppet} @leave=${leave}></puppet-panel>`
}
