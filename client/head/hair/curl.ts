import { blurWithin } from '../../image/blur.ts'
import { type HeadView, viewStep } from '../view.ts'

/** Centimetres over which strands of one direction lie side by side, and of the finest strand that counts. */
const around = 0.6
const finest = 0.15
/** Fewer pixels of hair tell nothing. */
const fewest = 400

/**
 * How much the hair's strands run in one direction, 0 (frizz, curls) to 1 (straight): the coherence of the structure tensor of
 * brightness, in the mean over the hair; null where too little is seen.
 *
 * @param hair P, 1 well within the hair
 */
export function straightness({ width, height, colour, shown }: HeadView, hair: Uint8Array): number | null {
  const level = new Float32Array(width * height)
  for (let i = 0; i < level.length; i++)
    level[i] = Math.log(colour[3 * i] + colour[3 * i + 1] + colour[3 * i + 2] + 24)
  const weight = Float32Array.from(shown)
  const smooth = blurWithin(level, width, height, 1, finest / viewStep, weight)
  const tensor = new Float32Array(3 * width * height)
  const inside = new Float32Array(width * height)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      if (!hair[i]) continue
      inside[i] = 1
      const [dx, dy] = [smooth[i + 1] - smooth[i - 1], smooth[i + width] - smooth[i - width]]
      tensor[3 * i] = dx * dx
      tensor[3 * i + 1] = dx * dy
      tensor[3 * i + 2] = dy * dy
    }
  const mean = blurWithin(tensor, width, height, 3, around / viewStep, inside)
  let [sum, total, count] = [0, 0, 0]
  for (let i = 0; i < hair.length; i++) {
    if (!inside[i]) continue
    count++
    const [a, b, c] = [mean[3 * i], mean[3 * i + 1], mean[3 * i + 2]]
    sum += Math.sqrt((a - c) ** 2 + 4 * b * b)
    total += a + c
  }
  return count < fewest || total === 0 ? null : sum / total
}
