import { type Interval, interval } from '../metrics/bootstrap.ts'
import type { Row } from '../types.ts'
import { comparable, groupBy, keyOf } from './group.ts'
import { round } from './numbers.ts'

export const measures = [
  'psnr',
  'ssim',
  'lpips',
  'identity',
  'identityTurned',
  'sharpness',
  'seam',
  'asymmetry',
  'seconds',
  'gflop',
] as const
export type Measure = (typeof measures)[number]

/** One line of what `--json` prints and of summary.json's `means`. Numbers have 4 decimals, seconds and GFLOP 2. */
export interface Mean extends Record<Measure, number | null> {
  protocol: Row['protocol']
  mesh: Row['mesh']
  start: string
  method: string
  region: Row['region']
  subjects: number
  cases: number
  /** Lower and upper end of each measure's 95% interval; without one for a single subject. */
  interval: Partial<Record<Measure, [number, number]>>
}

/**
 * The mean over subjects of `value` with its 95% interval; null without values.
 *
 * @param items anything with a subject; items whose value is null are left out.
 */
export function estimate<T extends { subject: string }>(
  items: readonly T[],
  value: (item: T) => number | null,
): Interval | null {
  const bySubject = new Map<string, number[]>()
  for (const item of items) {
    const one = value(item)
    if (one !== null) bySubject.set(item.subject, [...(bySubject.get(item.subject) ?? []), one])
  }
  return interval(bySubject)
}

/** Means per protocol, mesh, start, method and region over {@link comparable} cases, in the order of the rows. */
export function meansOf(rows: readonly Row[]): Mean[] {
  const key = (row: Row) => keyOf(row, 'protocol', 'mesh', 'start', 'method', 'region')
  return groupBy(comparable(rows), key).map((same) => {
    const { protocol, mesh, start, method, region } = same[0]
    const mean: Partial<Record<Measure, number | null>> = {}
    const intervals: Mean['interval'] = {}
    for (const measure of measures) {
      const decimals = measure === 'seconds' || measure === 'gflop' ? 2 : 4
      const found = estimate(same, (row) => row[measure])
      mean[measure] = found && round(found.mean, decimals)
      if (found && found.low !== null && found.high !== null) {
        intervals[measure] = [round(found.low, decimals), round(found.high, decimals)]
      }
    }
    return {
      protocol,
      mesh,
      start,
      method,
      region,
      subjects: new Set(same.map((row) => row.subject)).size,
      cases: same.length,
      ...(mean as Record<Measure, number | null>),
      interval: intervals,
    }
  })
}
