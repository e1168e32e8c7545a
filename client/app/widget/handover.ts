import type { Consent, News } from './protocol.ts'

/**
 * What the visitor is told of who gets what they make: `told`: the site, as they read; `asked`: nobody until they answer;
 * `agreed`, `declined`: what they answered.
 */
export type Handing = 'told' | 'asked' | 'agreed' | 'declined'

/**
 * Between the app and the host page: results pass where the visitor was told of it, or has agreed. A page that has asked once
 * goes on asking: it cannot take back its question, nor an answer.
 */
export class Handover {
  #asks = false
  #agreed: boolean | null = null
  /** The newest result, until it is agreed to. */
  #held: News | null = null
  readonly #tell: (news: News) => void
  readonly #changed: () => void

  /** @param tell what passes, to the host page @param changed called after every change of `handing` */
  constructor(tell: (news: News) => void, changed: () => void) {
    this.#tell = tell
    this.#changed = changed
  }

  get handing(): Handing {
    if (!this.#asks) return 'told'
    if (this.#agreed === null) return 'asked'
    return this.#agreed ? 'agreed' : 'declined'
  }

  /** As the host page wants it. */
  follow(consent: Consent): void {
    if (consent === 'ask') this.#asks = true
    this.#changed()
  }

  /** What the visitor says, and may change. What was handed over is. */
  answer(agreed: boolean): void {
    this.#agreed = agreed
    const held = this.#held
    if (agreed) this.#held = null
    this.#changed()
    if (held) this.#tell(agreed ? held : declined)
  }

  pass(news: News): void {
    const { handing } = this
    const isFree = news.type !== 'result' || handing === 'told' || handing === 'agreed'
    if (!isFree) this.#held = news
    if (isFree) this.#tell(news)
    else if (handing === 'declined') this.#tell(declined)
  }
}

const declined: News = {
  type: 'error',
  code: 'declined',
  message: 'The visitor keeps what they have made to themselves. They may still change their mind.',
}
