/**
 * What follows from how well the photo shows a texel (`weight` of Unwrap, 0..1). All later stages share these bounds, so
 * that what one holds another does not move. Chosen by eye.
 */

/** Below this weight the photo shows nothing usable of a texel, on its own side or mirrored. */
export const shownFrom = 0.1
/** Above this weight a texel is held at the photo's colour. */
export const heldFrom = 0.6
/**
 * Difference between neighbours at 256 px, log units, that no skin has in a grazing view: it is the face's outline against
 * what is behind.
 */
export const outlineStep = 0.2
