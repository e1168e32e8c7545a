import type { ShownProgress } from './messages.ts'

/** Share of a run in which the steps also compile and warm up: what they tell about the rest is too long. */
const warmUp = 0.04

/** The time left as a person is told it: it stands or falls, and never rises. */
export class SecondsLeft {
  #least: number | null
  #late = false

  /** @param estimate of the whole run, seconds; null: not known */
  constructor(estimate: number | null) {
    this.#least = estimate
  }

  hear({
    fraction,
    secondsElapsed,
    secondsLeft,
  }: Pick<ShownProgress, 'fraction' | 'secondsElapsed' | 'secondsLeft'>): void {
    if (secondsLeft === null || fraction <= warmUp) return
    this.#least = Math.min(this.#least ?? Number.POSITIVE_INFINITY, secondsLeft)
    const atThisPace = (secondsElapsed * (1 - fraction)) / fraction
    // Some seconds more are no news: what is told is rounded to five.
    this.#late = atThisPace > 1.5 * this.#least + 10
  }

  /** `late`: it takes so much longer than was told that no number is honest. */
  get told(): { secondsLeft: number | null; late: boolean } {
    return { secondsLeft: this.#least, late: this.#late }
  }
}
