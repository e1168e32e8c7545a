export interface OneEuroOptions {
  /** Hertz: what is faster is smoothed away while the value rests. Lower: less jitter. */
  minCutoff: number
  /** Hertz for each unit a second: how much the cut-off rises with speed. Higher: less lag. */
  beta: number
}

/** Hertz, of the speed. */
const speedCutoff = 1

/**
 * The One Euro filter (Casiez, Roussel and Vogel, 2012): a low pass whose cut-off rises with the value's own speed, so that
 * what rests is still and what moves is not late.
 */
export class OneEuro {
  readonly #options: OneEuroOptions
  #last: { seconds: number; raw: number; value: number; speed: number } | null = null

  constructor(options: OneEuroOptions) {
    this.#options = options
  }

  /**
   * @param seconds when it was measured, later than the value before
   * @returns the first value as it is
   */
  next(raw: number, seconds: number): number {
    const last = this.#last
    if (!last) {
      this.#last = { seconds, raw, value: raw, speed: 0 }
      return raw
    }
    const step = Math.max(1e-3, seconds - last.seconds)
    const speed = last.speed + share(speedCutoff, step) * ((raw - last.raw) / step - last.speed)
    const { minCutoff, beta } = this.#options
    const value = last.value + share(minCutoff + beta * Math.abs(speed), step) * (raw - last.value)
    this.#last = { seconds, raw, value, speed }
    return value
  }
}

/** Of a first-order low pass: how much of the way to a new value it goes in one step of so many seconds. */
const share = (cutoff: number, step: number) => 1 / (1 + 1 / (2 * Math.PI * cutoff * step))
