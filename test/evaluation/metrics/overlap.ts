/**
 * Intersection over union of two masks (Jaccard 1901), within a third.
 *
 * @returns 1: the same; null where both are empty
 */
export function overlap(a: Uint8Array, b: Uint8Array, within: Uint8Array): number | null {
  let [both, either] = [0, 0]
  for (let i = 0; i < within.length; i++) {
    if (!within[i]) continue
    if (a[i] && b[i]) both++
    if (a[i] || b[i]) either++
  }
  return either === 0 ? null : both / either
}
