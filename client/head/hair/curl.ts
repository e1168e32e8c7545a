import { blurWithin } from '../../image/blur.ts'
import { type HeadView, viewStep } from '../view.ts'

/** Centimetres over which strands of one direction lie side by side, and of the finest strand that counts. */
const around = 0.6
const finest = 0.15
/** Centimetres over which a lock's strands lie side by side, and over which straight hair keeps its direction. */
const lock = 0.3
const course = 1.5
/** Fewer pixels of hair tell nothing. */
const fewest = 400

/**
 * How much the hair's strands run in one direction, 0 (frizz, curls) to 1 (straight): the coherence of the structure tensor of
 * brightness, in the mean over the hair; null where too little is seen.
 *
 * @param hair P, 1 well within the hair
 */
export function straightness(view: HeadView, hair: Uint8Array): number | null {
  const { xx, xy, yy, pixels } = directions(view, hair, around)
  let [sum, total] = [0, 0]
  for (const i of pixels) {
    sum += Math.hypot(xx[i] - yy[i], 2 * xy[i])
    total += xx[i] + yy[i]
  }
  return pixels.length < fewest || total === 0 ? null : sum / total
}

/**
 * How far strands keep their direction as they fall, 0 (waves, curls) to 1 (straight): the directions of locks, counted as much as
 * their strands run side by side, against their sum's over a few centimetres; null where too little is seen. Unlike
 * {@link straightness} it says nothing of loose hair and noise, in which nothing runs side by side.
 *
 * @param hair P, 1 well within the hair that falls
 */
export function steadiness(view: HeadView, hair: Uint8Array): number | null {
  const { xx, xy, yy, pixels } = directions(view, hair, lock)
  const locks = new Float32Array(3 * hair.length)
  for (const i of pixels) {
    const [a, b] = [xx[i] - yy[i], 2 * xy[i]]
    const strength = Math.hypot(a, b)
    const energy = xx[i] + yy[i]
    // Of double the angle, so that to and fro are the same: as long as its strands run side by side.
    if (energy > 0) locks.set([a / energy, b / energy, strength / energy], 3 * i)
  }
  const inside = Float32Array.from(hair)
  const mean = blurWithin(locks, view.width, view.height, 3, course / viewStep, inside)
  let [sum, total] = [0, 0]
  for (const i of pixels) {
    sum += Math.hypot(mean[3 * i], mean[3 * i + 1])
    total += mean[3 * i + 2]
  }
  return pixels.length < fewest || total === 0 ? null : sum / total
}

/** The structure tensor of the hair's brightness, in the mean over some centimetres: P each. */
function directions({ width, height, colour, shown }: HeadView, hair: Uint8Array, over: number) {
  const level = new Float32Array(width * height)
  for (let i = 0; i < level.length; i++)
    level[i] = Math.log(colour[3 * i] + colour[3 * i + 1] + colour[3 * i + 2] + 24)
  const smooth = blurWithin(level, width, height, 1, finest / viewStep, Float32Array.from(shown))
  const inside = new Float32Array(width * height)
  const [xx, xy, yy] = [0, 1, 2].map(() => new Float32Array(width * height))
  const pixels: number[] = []
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      if (!hair[i]) continue
      pixels.push(i)
      inside[i] = 1
      const [dx, dy] = [smooth[i + 1] - smooth[i - 1], smooth[i + width] - smooth[i - width]]
      xx[i] = dx * dx
      xy[i] = dx * dy
      yy[i] = dy * dy
    }
  const mean = (values: Float32Array) => blurWithin(values, width, height, 1, over / viewStep, inside)
  return { xx: mean(xx), xy: mean(xy), yy: mean(yy), pixels }
}
