/** Rows that belong in one table. */

import { type Region, type Row, regions } from '../types.ts'

/** All rows of one protocol, mesh and start, the finished textures (`none`) among every start's. */
export interface Group {
  protocol: Row['protocol']
  mesh: Row['mesh']
  start: string
  rows: Row[]
}

/** Items by key, keys in the order of their first item. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()]
}

/** The same string for two rows that only differ in the fields not named. */
export function keyOf(row: Row, ...fields: (keyof Row)[]): string {
  return JSON.stringify(fields.map((field) => row[field]))
}

/**
 * One group per protocol, mesh and start. Finished textures have no start: they are compared with the results from
 * every start of their protocol and mesh, or stand alone where there is none.
 */
export function groupsOf(rows: readonly Row[]): Group[] {
  return groupBy(rows, (row) => keyOf(row, 'protocol', 'mesh')).flatMap((same) => {
    const finished = same.filter((row) => row.start === 'none')
    const begun = groupBy(
      same.filter((row) => row.start !== 'none'),
      (row) => row.start,
    )
    const sets = begun.length === 0 ? [finished] : begun.map((set) => [...set, ...finished])
    return sets.map((set) => {
      const { protocol, mesh, start } = set[0]
      return { protocol, mesh, start, rows: set }
    })
  })
}

/**
 * The rows of those cases that every method of their protocol, mesh and start was run on: costly methods skip some views, and
 * means over other cases do not compare. All rows of a group where no case is common.
 */
export function comparable(rows: readonly Row[]): Row[] {
  return groupBy(rows, (row) => keyOf(row, 'protocol', 'mesh', 'start')).flatMap((same) => {
    const caseOf = (row: Row) => keyOf(row, 'photo', 'view')
    const byMethod = groupBy(same, (row) => row.method).map((set) => new Set(set.map(caseOf)))
    const common = same.filter((row) => byMethod.every((cases) => cases.has(caseOf(row))))
    return common.length > 0 ? common : same
  })
}

/** `true mesh`, `mesh 2% off`, `own capture` */
export function meshName(mesh: Row['mesh']): string {
  if (mesh === 'own') return 'own capture'
  return mesh === 'true' ? 'true mesh' : `mesh ${mesh}`
}

export function methodsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map((row) => row.method))]
}

/** Regions that the rows have, in the order of types.ts. */
export function regionsOf(rows: readonly Row[]): Region[] {
  return regions.filter((region) => rows.some((row) => row.region === region))
}

/** Where methods differ: what the photo does not show; in `occlusion`, what its mirror image does not show either. */
export function decidingRegion({ protocol, rows }: Pick<Group, 'protocol' | 'rows'>): Region {
  const order: Region[] =
    protocol === 'occlusion' ? ['unseen', 'invisible', 'whole'] : ['invisible', 'unseen', 'whole']
  const scored = (region: Region) => rows.some((row) => row.region === region && row.psnr !== null)
  return order.find(scored) ?? regionsOf(rows)[0]
}

/** `draft: no moments` is a variant of `draft` where the rows have a method `draft`; else undefined. */
export function variantOf(
  method: string,
  methods: readonly string[],
): { of: string; change: string } | undefined {
  const at = method.indexOf(': ')
  const of = method.slice(0, Math.max(0, at))
  return at > 0 && methods.includes(of) ? { of, change: method.slice(at + 2) } : undefined
}

/** The rows without those of ablation variants, which have a table of their own. */
export function withoutVariants(rows: readonly Row[]): Row[] {
  const methods = methodsOf(rows)
  const kept = new Set(methods.filter((method) => !variantOf(method, methods)))
  return rows.filter((row) => kept.has(row.method))
}
