import type { Preset } from './schedule.ts'

/** Estimates what is left: scales not seen yet are taken to cost by their area. */
export class Clock {
  private readonly perStep: (number | null)[]
  private readonly setup: number[]
  private scaleStart = 0
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

  setUp(scaleIndex: number, seconds: number): void {
    this.setup[scaleIndex] = seconds
    this.scaleStart = this.seconds()
  }

  after(round: number, scaleIndex: number, step: number) {
    const { scales, rounds } = this.preset
    const elapsed = this.seconds()
    this.perStep[scaleIndex] = (elapsed - this.scaleStart) / (step + 1)
    const area = (k: number) => (this.size / scales[k].divisor) ** 2
    const cost = (k: number) => this.perStep[k] ?? (this.perStep[scaleIndex]! * area(k)) / area(scaleIndex)
    const prepare = (k: number) => this.setup[k] || (this.setup[scaleIndex] * area(k)) / area(scaleIndex)
    const whole = scales.reduce((sum, { steps }, k) => sum + prepare(k) + steps * cost(k), 0)
    let left = (rounds - 1 - round) * whole
    scales.forEach(({ steps }, k) => {
      if (k === scaleIndex) left += (steps - 1 - step) * cost(k)
      if (k > scaleIndex) left += prepare(k) + steps * cost(k)
    })
    return { fraction: elapsed / (elapsed + left), secondsElapsed: elapsed, secondsLeft: left }
  }
}
