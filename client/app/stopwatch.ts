/** Counts the seconds of what is under way, anew for each thing. */
export class Stopwatch {
  readonly #told: (seconds: number) => void
  #seconds = 0
  #of: string | null = null
  #ticking: ReturnType<typeof setInterval> | undefined

  /** @param told whole seconds, each time that they change */
  constructor(told: (seconds: number) => void) {
    this.#told = told
  }

  /**
   * @param of what is under way; null: nothing
   * @param goesOn is it part of what was counted before?
   */
  time(of: string | null, goesOn = false): void {
    if (of === this.#of) return
    this.#of = of
    clearInterval(this.#ticking)
    if (of) this.#ticking = setInterval(() => this.#tell(this.#seconds + 1), 1000)
    if (!goesOn) this.#tell(0)
  }

  #tell(seconds: number): void {
    this.#seconds = seconds
    this.#told(seconds)
  }
}
