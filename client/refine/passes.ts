/** What people call the scales of a round, coarse to fine. */
export type Pass = 'coarse' | 'middle' | 'fine'

/** @example passOf(0, 2) // -> 'coarse' */
export function passOf(scaleIndex: number, scales: number): Pass {
  if (scaleIndex === scales - 1) return 'fine'
  return scaleIndex === 0 ? 'coarse' : 'middle'
}
