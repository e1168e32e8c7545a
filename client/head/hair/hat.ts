/** Is what covers a head hair at all? */

import { type HairColour, type LogColour, levelOf } from './hair-colour.ts'

/**
 * Hair has none of these colours in any light that shows skin: red, green and blue against each other, log units, of its usual and
 * its brighter strands. Of 26 portraits' hair red is at most .74 (and at least -.03) above green, blue between .33 above and .63
 * below.
 */
const dyed = { mostRed: 0.95, leastRed: -0.15, mostBlue: 0.45, leastBlue: -0.95 }
/** Nor is it pink or purple: red and blue both above green. */
const pink = { red: 0.3, blue: 0.15 }
/**
 * Nor is it both much darker and brighter than skin, as a cap with a badge is: from the face's middle skin to its darker and to its
 * brighter tenth, log units. Of 26 portraits' hair none comes within .4 of both.
 */
const patterned = { darker: -1.5, brighter: 0.2 }

/**
 * Does what lies on a head look like a hat or a scarf? Dyed hair does, too. A hat of a colour that hair may have is not told.
 *
 * @param skin brightness of the face's middle skin, log units as of {@link HairColour}
 */
export function isHat({ shades, spread }: HairColour, skin: number): boolean {
  const dark = levelOf(shades[0])
  if (dark - skin < patterned.darker && dark + spread - skin > patterned.brighter) return true
  return shades.slice(-2).every((shade) => isDyed(shade))
}

function isDyed([red, green, blue]: LogColour): boolean {
  const [r, b] = [red - green, blue - green]
  if (r > pink.red && b > pink.blue) return true
  return r > dyed.mostRed || r < dyed.leastRed || b > dyed.mostBlue || b < dyed.leastBlue
}
