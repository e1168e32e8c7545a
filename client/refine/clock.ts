import type { Preset } from './schedule.ts'

/**
 * Texels whose feature maps cost as much as a step's losses, which do not grow with the image. Measured on the CPU, a step
 * takes 1.3 times as long at 256 px as at 128, and 2.1 times at 512 as at 256.
 */
const fixedTexels = 384 ** 2

/**
 * Estimates the time that is left. A scale that was not run yet is taken to cost by its texels, on top of the losses' fixed
 * share.
 */
export class Clock {
  private readonly perStep: (number | null)[]
  private readonly setup: number[]
  private scaleStart = 0
  private firstStep = 0
  private fraction = 0
  private left = Number.POSITIVE_INFINITY
  private readonly preset: Preset
  private readonly size: number
  private readonly seconds: () => number

  constructor(preset: Preset, size: number, seconds: () => number) {
    this.preset = preset
    this.size = size
    this.seconds = seconds
    this.perStep = preset.scales.map(() => null)
    this.setup = preset.scales.map(() => 0)
  }

  /** @param firstStep where the scale begins: later than at 0 where a run goes on */
  setUp(scaleIndex: number, seconds: number, firstStep = 0): void {
    this.setup[scaleIndex] = seconds
    this.firstStep = firstStep
    this.scaleStart = this.seconds()
  }

  after(round: number, scaleIndex: number, step: number) {
    const { scales, rounds } = this.preset
    const elapsed = this.seconds()
    this.perStep[scaleIndex] = (elapsed - this.scaleStart) / (step + 1 - this.firstStep)
    const work = (k: number) => fixedTexels + (this.size / scales[k].divisor) ** 2
    const cost = (k: number) => this.perStep[k] ?? (this.perStep[scaleIndex]! * work(k)) / work(scaleIndex)
    const prepare = (k: number) => this.setup[k] || (this.setup[scaleIndex] * work(k)) / work(scaleIndex)
    const whole = scales.reduce((sum, { steps }, k) => sum + prepare(k) + steps * cost(k), 0)
    let left = (rounds - 1 - round) * whole
    scales.forEach(({ steps }, k) => {
      if (k === scaleIndex) left += (steps - 1 - step) * cost(k)
      if (k > scaleIndex) left += prepare(k) + steps * cost(k)
    })
    // Neither goes back. A bar that did would say that work was lost, and a time that rose would not be believed. Where
    // a scale turns out slower than expected, both stand still for a while.
    this.fraction = Math.max(this.fraction, elapsed / (elapsed + left))
    this.left = Math.min(this.left, left)
    return { fraction: this.fraction, secondsElapsed: elapsed, secondsLeft: this.left }
  }
}
