import type { Provider } from '../runtime/runtime.ts'
import type { Checkpoint } from './checkpoint.ts'
import { Clock } from './clock.ts'
import type { Preset } from './schedule.ts'
import { summaryOf, type Task } from './task.ts'
import type { LossName, Progress, Refined, RefineOptions } from './types.ts'

/** Where a run is: the step just taken. */
export interface Place {
  round: number
  scaleIndex: number
  /** Texels per side at this scale. */
  scale: number
  step: number
  steps: number
}

/** What a run reports: the losses and times of its steps, and when a preview or a checkpoint is due. */
export class RunLog {
  readonly #steps: Refined['steps']
  readonly #secondsPerScale: Refined['secondsPerScale']
  readonly #start: number
  readonly #task: Task
  readonly #preset: Preset
  readonly #clock: Clock
  readonly #every: { preview: number; checkpoint: number }
  readonly #last = { preview: 0, checkpoint: 0 }
  #flop = 0
  #scaleStart = 0
  #setup = 0

  constructor(task: Task, preset: Preset, options: RefineOptions) {
    const { from, previewSeconds = Infinity, checkpointSeconds = Infinity } = options
    this.#task = task
    this.#preset = preset
    this.#every = { preview: previewSeconds, checkpoint: checkpointSeconds }
    this.#start = performance.now() - 1000 * (from?.seconds ?? 0)
    this.#steps = [...(from?.steps ?? [])]
    this.#secondsPerScale = [...(from?.secondsPerScale ?? [])]
    this.#clock = new Clock(preset, task.problem.size, () => this.seconds)
  }

  /** Since the run began, over all its parts. */
  get seconds(): number {
    return (performance.now() - this.#start) / 1000
  }

  /** The network is loaded: from now on previews and checkpoints are counted. */
  begin(): void {
    this.#last.preview = this.#last.checkpoint = this.seconds
  }

  beginScale(): void {
    this.#scaleStart = this.seconds
  }

  /** Graphs and sessions of the scale are made. @param firstStep later than 0 where a run goes on */
  scaleReady(scaleIndex: number, firstStep: number): void {
    this.#setup = this.seconds - this.#scaleStart
    this.#clock.setUp(scaleIndex, this.#setup, firstStep)
  }

  endScale(round: number, scale: number): void {
    const steps = this.seconds - this.#scaleStart - this.#setup
    this.#secondsPerScale.push({ round, scale, setup: this.#setup, steps })
  }

  stepTaken(flop: number): void {
    this.#flop += flop
  }

  progress(place: Place, losses: Partial<Record<LossName, number>>): Progress {
    const { round, scaleIndex, scale, step } = place
    this.#steps.push({ round, scale, step, losses })
    return {
      ...place,
      rounds: this.#preset.rounds,
      scales: this.#preset.scales.length,
      losses,
      ...this.#clock.after(round, scaleIndex, step),
    }
  }

  /** Is it time for one? Once it is made, {@link done} is to be called. */
  isDue(what: 'preview' | 'checkpoint'): boolean {
    return this.seconds - this.#last[what] >= this.#every[what]
  }

  done(what: 'preview' | 'checkpoint'): void {
    this.#last[what] = this.seconds
  }

  /** What a checkpoint keeps of it. */
  kept(): Pick<Checkpoint, 'steps' | 'secondsPerScale' | 'seconds'> {
    return { steps: [...this.#steps], secondsPerScale: [...this.#secondsPerScale], seconds: this.seconds }
  }

  /** @param backbone null where nothing was optimised */
  report(texture: Float32Array, run: { backbone: string | null; provider: Provider; seed: number }): Refined {
    const { problem, free, covered } = this.#task
    return {
      size: problem.size,
      texture,
      optimised: run.backbone !== null,
      optimisedTexels: free,
      coveredTexels: covered,
      summary: summaryOf(this.#task),
      preset: this.#preset.name,
      settings: this.#preset.settings,
      ...run,
      steps: this.#steps,
      secondsPerScale: this.#secondsPerScale,
      seconds: this.seconds,
      gflop: this.#flop / 1e9,
    }
  }
}
