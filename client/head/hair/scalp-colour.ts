import type { Unwrap } from '../../face/types.ts'
import { type HairColour, hairColour, levelOf, logColour } from './hair-colour.ts'

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
  const colour = sampled.map((value) => 255 * value)
  const other: number[] = []
  for (let i = 0; i < weight.length; i++)
    if (weight[i] > 0.5 && likeness[i] < 0.3 && onScalp(i)) other.push(i)
  const darker = other.filter((i) => levelOf(logColour(colour, i)) < skinLevel)
  const texels = darker.length >= least ? darker : other
  return texels.length >= least ? hairColour(colour, texels) : null
}
