import { meshLandmarks } from '../../face/contours.ts'

/** A face at rest, as the landmark network sees this person through this camera. */
export interface Neutral {
  /** 478 x 3, centimetres, taken out of the pose. */
  shape: Float32Array
  /** Degrees, as in `Pose`: where the person looked. */
  yaw: number
  pitch: number
  roll: number
}

/** One frame of it. */
export type NeutralFrame = Neutral & { seconds: number }

/** Seconds and frames of a still face until its neutral is known. */
const learned = { seconds: 1, frames: 8 }
/** Between two frames of a still face: centimetres that landmarks move on average, degrees that the head turns. */
const still = { moved: 0.12, turned: 4 }

/** Learns a person's neutral from frames in which the face holds still; what moves is left out. */
export class NeutralLearning {
  readonly #frames: NeutralFrame[] = []
  #last: NeutralFrame | null = null
  #stillFor = 0

  /** 0..1 */
  get share(): number {
    return Math.min(this.#stillFor / learned.seconds, this.#frames.length / learned.frames, 1)
  }

  /** @returns the neutral, once it is known */
  add(frame: NeutralFrame): Neutral | null {
    const last = this.#last
    this.#last = frame
    if (!last || !isStill(last, frame)) return null
    this.#stillFor += Math.min(0.25, frame.seconds - last.seconds)
    this.#frames.push(frame)
    if (this.share < 1) return null
    const of = (value: (frame: NeutralFrame) => number) => median(this.#frames.map(value))
    return {
      shape: frame.shape.map((_, i) => of(({ shape }) => shape[i])),
      yaw: of(({ yaw }) => yaw),
      pitch: of(({ pitch }) => pitch),
      roll: of(({ roll }) => roll),
    }
  }
}

function isStill(a: NeutralFrame, b: NeutralFrame): boolean {
  const turned = Math.max(Math.abs(a.yaw - b.yaw), Math.abs(a.pitch - b.pitch), Math.abs(a.roll - b.roll))
  let moved = 0
  for (let i = 0; i < 3 * meshLandmarks; i += 3)
    moved += Math.hypot(a.shape[i] - b.shape[i], a.shape[i + 1] - b.shape[i + 1]) / meshLandmarks
  return turned < still.turned && moved < still.moved
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}
