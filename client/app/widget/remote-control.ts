import { type ExpressionWeights, expressionNames } from '../../head/expressions/names.ts'
import type { Journey } from '../journey/journey.ts'
import type { Command, News, Settings } from './protocol.ts'

const knownNames: ReadonlySet<string> = new Set(expressionNames)

/** Does to the journey what the host page asks for. */
export class RemoteControl {
  readonly #journey: Journey
  #settings: Partial<Settings> = {}
  #refineWhenFound = false

  constructor(journey: Journey) {
    this.#journey = journey
    journey.store.subscribe(() => this.#follow())
  }

  /** @param tell answers what cannot be done now */
  obey(command: Command, tell: (news: News) => void): void {
    const { store, refining, finding } = this.#journey
    const isRefining = store.at('refining') !== null
    if (command.type === 'settings') {
      void this.apply(command.settings)
    } else if (command.type === 'refine') {
      this.#refineWhenFound = !isRefining
      this.#follow()
    } else if (command.type === 'cancel') {
      this.#refineWhenFound = false
      refining.cancel()
    } else if (command.type === 'express') {
      this.#express(command.weights, tell)
    } else if (isRefining) {
      const message = 'A face is being refined: cancel that, or wait, before you give another photo.'
      tell({ type: 'error', code: 'busy', message })
    } else {
      this.#refineWhenFound = false
      const { photo } = command
      const file = photo instanceof File ? photo : new File([photo], 'photo', { type: photo.type })
      void finding.choosePhoto([file])
    }
  }

  /** Trackers also say what no head here can do, the tongue, and what is no expression. */
  #express(weights: Record<string, number> | null, tell: (news: News) => void) {
    const { tongueOut, _neutral, ...known } = weights ?? {}
    for (const name in known) {
      if (knownNames.has(name)) continue
      const message = `There is no expression "${name}": heads know them by ARKit's names, such as "jawOpen".`
      return tell({ type: 'error', code: 'expression', message })
    }
    this.#journey.results.driver.pose = weights && { weights: known as ExpressionWeights }
  }

  /** What is as it was leaves the visitor's own choice alone. Resolves when the language is there. */
  async apply(settings: Settings): Promise<void> {
    const { preset, size, language } = this.#settings
    const { painting, heads, results } = this.#journey
    if (settings.preset !== preset) painting.choosePreset(settings.preset)
    if (settings.size && (settings.size !== size || settings.preset !== preset)) {
      painting.chooseSize(settings.size)
    }
    const { cover = 'head', hair = 'auto', bust = true, expression = 'photo', puppet = true } = settings
    const known = this.#settings
    const isOther = hair !== known.hair || bust !== known.bust || expression !== known.expression
    if (cover !== known.cover || isOther) heads.prefer(cover, { hair, bust, expression })
    if (!puppet) results.closePuppet()
    this.#settings = { ...settings, cover, hair, bust, expression }
    const { documentElement: root } = document
    root.dataset.theme = settings.theme
    root.dataset.share = settings.share ? 'on' : 'off'
    root.dataset.puppet = puppet ? 'on' : 'off'
    root.dataset.mode = settings.mode
    if (settings.language !== language) {
      await this.#journey.settings.chooseLanguage(settings.language || navigator.language)
    }
  }

  /** A refinement that was asked for waits for its face. */
  #follow(): void {
    if (!this.#refineWhenFound) return
    const { stage, work, error } = this.#journey.store.state
    const hasFace = stage.name === 'result' || (stage.name === 'found' && stage.seen !== null)
    if (error) this.#refineWhenFound = false
    else if (hasFace && !work) {
      this.#refineWhenFound = false
      void this.#journey.refining.refine()
    }
  }
}
