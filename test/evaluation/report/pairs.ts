/** Two methods compared on the same cases. */

import type { Interval } from '../metrics/bootstrap.ts'
import type { Region, Row } from '../types.ts'
import { type Group, groupBy, keyOf, methodsOf, withoutVariants } from './group.ts'
import { estimate, type Measure } from './means.ts'

/** A case that both methods solved and `measure` could score: what the method has over the baseline. */
export interface Pair {
  subject: string
  row: Row
  baseline: Row
  /** Of the row minus that of the baseline, in the measure's unit. */
  difference: number
}

export interface Comparison {
  /** Mean difference over subjects; null where no case was scored for both. */
  difference: Interval | null
  cases: number
  /** Cases where the method is better than the baseline; equal is not won. */
  won: number
  worst: Pair | null
}

/** Measures where less is better. */
const costs: Measure[] = ['lpips', 'asymmetry', 'seconds', 'gflop']

/** How much better, so that larger is better whatever the measure. */
export function gain(measure: Measure, difference: number): number {
  return costs.includes(measure) ? -difference : difference
}

/** The baseline that was asked for where the rows have it, else their first method. */
export function baselineIn(rows: readonly Row[], wanted: string): string {
  const methods = methodsOf(rows)
  return methods.includes(wanted) ? wanted : methods[0]
}

/** Cases of `region` scored for both methods, in the order of the rows. */
export function pairsOf(
  rows: readonly Row[],
  method: string,
  baseline: string,
  region: Region,
  measure: Measure,
): Pair[] {
  const inRegion = rows.filter((row) => row.region === region)
  return pairRows(
    inRegion.filter((row) => row.method === method),
    inRegion.filter((row) => row.method === baseline),
    measure,
    (row) => keyOf(row, 'protocol', 'mesh', 'photo', 'view'),
  )
}

/** Each row with the baseline's row of the same case; rows without one, or without the measure, are left out. */
export function pairRows(
  rows: readonly Row[],
  baseline: readonly Row[],
  measure: Measure,
  caseOf: (row: Row) => string,
): Pair[] {
  const theirs = new Map(baseline.map((row) => [caseOf(row), row]))
  return rows.flatMap((row) => {
    const other = theirs.get(caseOf(row))
    const [a, b] = [row[measure], other?.[measure] ?? null]
    if (!other || a === null || b === null) return []
    return [{ subject: row.subject, row, baseline: other, difference: a - b }]
  })
}

export function compare(pairs: readonly Pair[], measure: Measure): Comparison {
  const gains = pairs.map((pair) => gain(measure, pair.difference))
  return {
    difference: estimate(pairs, (pair) => pair.difference),
    cases: pairs.length,
    won: gains.filter((value) => value > 0).length,
    worst: pairs.length === 0 ? null : pairs[gains.indexOf(Math.min(...gains))],
  }
}

/** The pairs of all groups that lost most to their baseline, worst first: at most `each` of a method. */
export function worstPairs(
  groups: readonly Group[],
  wanted: string,
  measure: Measure,
  regionOf: (group: Group) => Region,
  each: number,
): Pair[] {
  const pairs = groups.flatMap((group) => {
    const rows = withoutVariants(group.rows)
    const baseline = baselineIn(rows, wanted)
    const others = methodsOf(rows).filter((method) => method !== baseline)
    return others.flatMap((method) => pairsOf(rows, method, baseline, regionOf(group), measure))
  })
  const worstFirst = (a: Pair, b: Pair) => gain(measure, a.difference) - gain(measure, b.difference)
  // A finished texture is in the group of every start, so its cases come more than once.
  const once = groupBy(pairs, ({ row }) =>
    keyOf(row, 'protocol', 'mesh', 'start', 'method', 'photo', 'view'),
  ).map((same) => same.sort(worstFirst)[0])
  return groupBy(once, ({ row }) => row.method)
    .flatMap((same) => same.sort(worstFirst).slice(0, each))
    .sort(worstFirst)
}
