/** One tensor (or number) of a golden case beside ours. */
export interface Check {
  case: string
  tensor: string
  /** Relative L2 error. */
  error: number
  tolerance: number
  passed: boolean
}

/** |a - b| / |b|, L2; where b is all zero, |a|. */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`lengths differ: ${a.length} and ${b.length}`)
  let difference = 0
  let norm = 0
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2
    norm += b[i] ** 2
  }
  return Math.sqrt(norm > 0 ? difference / norm : difference)
}

/** Collects the checks of a case. */
export class Checks {
  readonly #case: string
  readonly done: Check[] = []

  constructor(name: string) {
    this.#case = name
  }

  tensor(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
    this.error(name, relativeL2(actual, expected), tolerance)
  }

  number(name: string, actual: number, expected: number, tolerance: number): void {
    this.tensor(name, [actual], [expected], tolerance)
  }

  error(tensor: string, error: number, tolerance: number): void {
    // NaN is no pass.
    this.done.push({ case: this.#case, tensor, error, tolerance, passed: error <= tolerance })
  }
}
