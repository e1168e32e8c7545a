/** Are these the same numbers? At once where it is the same array. */
export function areSame(a: Float32Array, b: Float32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]))
}
