import type { Journey } from '../journey.ts'
import type { Command, News, Settings } from './protocol.ts'

/** Does to the journey what the host page asks for. */
export class RemoteControl {
  readonly #journey: Journey
  #settings: Partial<Settings> = {}
  #refineWhenFound = false

  constructor(journey: Journey) {
    this.#journey = journey
  }

  /** @param tell answers what cannot be done now */
  obey(command: Command, tell: (news: News) => void): void {
    const isRefining = this.#journey.state.stage === 'refining'
    if (command.type === 'settings') {
      void this.apply(command.settings)
    } else if (command.type === 'refine') {
      this.#refineWhenFound = !isRefining
      this.changed()
    } else if (command.type === 'cancel') {
      this.#refineWhenFound = false
      if (isRefining) this.#journey.cancel()
    } else if (isRefining) {
      const message = 'A face is being refined: cancel that, or wait, before you give another photo.'
      tell({ type: 'error', code: 'busy', message })
    } else {
      this.#refineWhenFound = false
      const { photo } = command
      const file = photo instanceof File ? photo : new File([photo], 'photo', { type: photo.type })
      void this.#journey.choosePhoto([file])
    }
  }

  /** What is as it was leaves the visitor's own choice alone. Resolves when the language is there. */
  async apply(settings: Settings): Promise<void> {
    const { preset, size, language } = this.#settings
    if (settings.preset !== preset) this.#journey.choosePreset(settings.preset)
    if (settings.size && (settings.size !== size || settings.preset !== preset)) {
      this.#journey.chooseSize(settings.size)
    }
    this.#settings = settings
    const { documentElement: root } = document
    root.dataset.theme = settings.theme
    root.dataset.share = settings.share ? 'on' : 'off'
    root.dataset.mode = settings.mode
    if (settings.language !== language) {
      await this.#journey.chooseLanguage(settings.language || navigator.language)
    }
  }

  /** To be called after every change of the journey's state: a refinement that was asked for waits for its face. */
  changed(): void {
    const { stage, face, seen, work, error } = this.#journey.state
    if (!this.#refineWhenFound) return
    if (error) this.#refineWhenFound = false
    else if (face && seen && !work && (stage === 'found' || stage === 'result')) {
      this.#refineWhenFound = false
      void this.#journey.refine()
    }
  }
}
