import { expressionNames } from '../../head/expressions/names.ts'
import type { HeadAnimation } from '../../result/head-animation.ts'
import type { Pose } from '../viewer/pose.ts'

/** Seconds: the longest recording. */
export const longest = 15

/** What a head did, frame by frame. */
export class Recording {
  readonly #frames: { seconds: number; pose: Pose }[] = []

  /** @param seconds later than the frame before; it begins at the first */
  add(pose: Pose, seconds: number): void {
    const last = this.#frames.at(-1)
    if (!last || seconds > last.seconds) this.#frames.push({ seconds, pose })
  }

  /** Of what was recorded so far. */
  get seconds(): number {
    const [first, last] = [this.#frames.at(0), this.#frames.at(-1)]
    return first && last ? last.seconds - first.seconds : 0
  }

  /** @param name what programs list it as */
  animation(name: string): HeadAnimation {
    const frames = this.#frames
    const turns = (bone: 'neck' | 'head') =>
      Float32Array.from(frames.flatMap(({ pose }) => quaternionOf(pose.turn?.[bone] ?? straight)))
    return {
      name,
      times: Float32Array.from(frames, ({ seconds }) => seconds - frames[0].seconds),
      weights: Float32Array.from(
        frames.flatMap(({ pose }) => expressionNames.map((expression) => pose.weights[expression] ?? 0)),
      ),
      turns: { neck: turns('neck'), head: turns('head') },
    }
  }
}

const straight = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** @param r 3 x 3, row-major, of a turn of less than half a circle @returns x, y, z, w */
function quaternionOf(r: ArrayLike<number>): [number, number, number, number] {
  const w = Math.sqrt(Math.max(0, 1 + r[0] + r[4] + r[8])) / 2
  return [(r[7] - r[5]) / (4 * w), (r[2] - r[6]) / (4 * w), (r[3] - r[1]) / (4 * w), w]
}
