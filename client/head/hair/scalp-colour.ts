import type { Unwrap } from '../../face/types.ts'
import { quantile } from '../../image/statistics.ts'
import type { HairColour } from './hair-colour.ts'

/** Fewer texels than this share of the layout tell no colour. */
const fewest = 0.001

/**
 * The colour of what is seen on the scalp and is no skin.
 *
 * @param unwrap the photo in the layout of the rest of the head
 * @param likeness N x N, 0..1: has a texel skin's colour?
 * @param onScalp is a texel on the scalp?
 * @param skinLevel brightness of the face's skin, log domain: what is brighter is a highlight on skin or the sky behind, as long
 *   as there is enough else
 * @returns null where too little hair is seen
 */
export function scalpColour(
  { weight, sampled, size }: Pick<Unwrap, 'weight' | 'sampled' | 'size'>,
  likeness: Float32Array,
  onScalp: (texel: number) => boolean,
  skinLevel: number,
): HairColour | null {
  const least = fewest * size * size
  const other: number[] = []
  for (let i = 0; i < weight.length; i++)
    if (weight[i] > 0.5 && likeness[i] < 0.3 && onScalp(i)) other.push(i)
  const log = (i: number, c: number) => Math.log(255 * sampled[3 * i + c] + 8)
  const levelOf = (i: number) => (log(i, 0) + log(i, 1) + log(i, 2)) / 3
  const darker = other.filter((i) => levelOf(i) < skinLevel)
  const texels = darker.length >= least ? darker : other
  const at = (values: number[], share: number) => quantile(values, share, least)
  const channels = [0, 1, 2].map((c) => texels.map((i) => log(i, c)))
  const [red, green, blue] = channels.map((values) => at(values, 0.5))
  const levels = texels.map(levelOf)
  const [dark, bright] = [at(levels, 0.1), at(levels, 0.9)]
  if (red === null || green === null || blue === null || dark === null || bright === null) return null
  return { middle: [red, green, blue], spread: bright - dark }
}
