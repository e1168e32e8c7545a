import type { HairMap } from './hair-map.ts'
import type { HairStyleName } from './hair-style.ts'

/** Shares of the rows beside the face that hair must fill to be long: on the fuller side, and on the other. */
const long = { fuller: 0.7, other: 0.4 }

/**
 * The style that comes nearest to what the photo shows. Of two that might do the plainer one.
 *
 * @param bald is the scalp seen, and bare?
 * @returns null: none
 */
export function chooseStyle(bald: boolean, { sides }: Pick<HairMap, 'sides'>): HairStyleName | null {
  if (bald) return null
  const [less, more] = sides.map((side) => side?.cover ?? 0).toSorted((a, b) => a - b)
  const oneUnseen = sides.includes(null)
  return more >= long.fuller && (oneUnseen || less >= long.other || more >= 0.9) ? 'long01' : 'short02'
}
