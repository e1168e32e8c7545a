import type { HairMap } from './hair-map.ts'
import type { HairStyleName } from './hair-style.ts'

/** Shares of the rows beside the face that hair must fill to be long: on the fuller side, and on the other; on one alone. */
const long = { fuller: 0.7, other: 0.4, alone: 0.9 }
/**
 * A head is bald where less than `hairy` of what is seen of the scalp is hair, and its outline is a bare head's; or where there is
 * hardly any hair, whatever the scene makes of the outline.
 */
const bald = { hairy: 0.42, thickest: 0.02, hardly: 0.1 }
/**
 * Hair that adds less than the first of these to the head's outline is a shade on it; up to the second it is short enough to be
 * painted on a head of that outline, where the photo's own hair shows more of the person than strips do. Of 26 portraits' short
 * hair all but one adds up to .13, that one .24.
 */
const shade = 0.03
const painted = 0.16

/** Short hair of which strands run less in one direction than this is frizzy or has small curls. */
const frizzy = 0.42

/** Does a head have no hair to speak of? */
export function isBald({ hairy, thickness }: Pick<HairMap, 'hairy' | 'thickness'>): boolean {
  return thickness !== null && hairy < (thickness < bald.thickest ? bald.hairy : bald.hardly)
}

/**
 * The style that comes nearest to what the photo shows. Of two that might do the plainer one.
 *
 * @returns `none` of a bald head; `photo` of hair that lies close, to be painted on the head
 */
export function chooseStyle({
  sides,
  hairy,
  thickness,
  straight,
}: Pick<HairMap, 'sides' | 'hairy' | 'thickness' | 'straight'>): HairStyleName | 'photo' | 'none' {
  if (isBald({ hairy, thickness })) return 'none'
  const [less, more] = sides.map((side) => side?.cover ?? 0).toSorted((a, b) => a - b)
  const oneUnseen = sides.includes(null)
  if (more >= long.fuller && (oneUnseen || less >= long.other || more >= long.alone)) return 'long01'
  if (thickness === null) return 'short02'
  if (thickness >= shade && straight !== null && straight < frizzy) return 'afro01'
  return thickness < painted ? 'photo' : 'short02'
}
