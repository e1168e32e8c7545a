/** Means of what `--protocol head` finds, and who falls short. */

import { mean, median } from '../../../client/image/statistics.ts'
import { type Half, halfNames } from '../data/halves.ts'
import type { ShapeError } from '../metrics/shape-error.ts'
import { show } from '../report/numbers.ts'
import { type HeldOutMethod, heldOutMethods } from './held-out.ts'
import type { HeadReport, PortraitRow, VariantRow } from './types.ts'

/** Steps across the rim may be so many times those within the face. */
export const mostStep = 1.5

const groups = [...halfNames, 'all'] as const
const inGroup =
  (group: Half | 'all') =>
  ({ half }: { half: Half | null }) =>
    group === 'all' || half === group

export interface MadeMeans {
  by: string
  yaw: number
  heads: number
  error: Record<keyof ShapeError, number | null>
  /** Mean of how much the neck is too wide or too narrow. */
  neckWidthOff: number | null
}

export interface PortraitMeans {
  group: Half | 'all'
  photos: number
  outlines: {
    of: 'short' | 'all'
    photos: number
    bare: number | null
    style: number | null
    made: number | null
  }[]
  rim: { colour: number | null; gradient: number | null; over: string[] }
  heldOut: {
    kind: 'hair' | 'skin'
    method: HeldOutMethod
    photos: number
    colour: number | null
    contrast: number | null
    lpips: number | null
    told: number | null
  }[]
}

export interface VariantMeans {
  group: Half | 'all'
  variant: string
  photos: number
  same: number
}

export interface HeadSummary {
  made: MadeMeans[]
  portraits: PortraitMeans[]
  variants: VariantMeans[]
}

export function summaryOf({ made, portraits, variants }: HeadReport): HeadSummary {
  return {
    made: madeMeans(made),
    portraits: groups.flatMap((group) => {
      const rows = portraits.filter(inGroup(group))
      return rows.length ? [portraitMeans(group, rows)] : []
    }),
    variants: groups.flatMap((group) => {
      const rows = variants.filter((row) => row.same !== null && inGroup(group)(row))
      const each = Map.groupBy(rows, ({ variant }) => variant)
      return [...each, ...(rows.length ? [['all of them', rows] as const] : [])].map(([variant, same]) => ({
        ...{ group, variant, photos: same.length },
        same: same.filter((row) => row.same).length / same.length,
      }))
    }),
  }
}

function madeMeans(rows: HeadReport['made']): MadeMeans[] {
  const each = Map.groupBy(rows, ({ by, yaw }) => `${by} ${yaw}`)
  return [...each.values()].map((same) => {
    const [{ by, yaw, error }] = same
    const entries = Object.keys(error).map((part) => [
      part,
      meanOf(same, (row) => row.error[part as keyof ShapeError]),
    ])
    const neckWidthOff = meanOf(same, (row) => row.error.neckWidth && Math.abs(row.error.neckWidth))
    return { by, yaw, heads: same.length, error: Object.fromEntries(entries), neckWidthOff }
  })
}

function portraitMeans(group: Half | 'all', rows: PortraitRow[]): PortraitMeans {
  const isShort = ({ decision: { styleClass } }: PortraitRow) => styleClass !== 'long'
  const held = rows.flatMap((row) => row.heldOut)
  return {
    ...{ group, photos: rows.length },
    outlines: (['short', 'all'] as const).map((of) => {
      const some = of === 'all' ? rows : rows.filter(isShort)
      const at = (which: keyof PortraitRow['outlines']) => meanOf(some, (row) => row.outlines[which])
      return { of, photos: some.length, bare: at('bare'), style: at('style'), made: at('made') }
    }),
    rim: {
      colour: median(
        rows.map((row) => row.rim.colour),
        1,
      ),
      gradient: median(
        rows.map((row) => row.rim.gradient),
        1,
      ),
      over: rows.filter(isOver).map((row) => row.photo),
    },
    heldOut: (['hair', 'skin'] as const).flatMap((kind) =>
      heldOutMethods.flatMap((method) => {
        const same = held.filter((row) => row.kind === kind && row.method === method)
        if (same.length === 0) return []
        const at = (which: 'colour' | 'contrast' | 'lpips' | 'told') => meanOf(same, (row) => row[which])
        return [
          {
            ...{ kind, method, photos: same.length },
            ...{ colour: at('colour'), contrast: at('contrast'), lpips: at('lpips'), told: at('told') },
          },
        ]
      }),
    ),
  }
}

export function isOver({ rim }: PortraitRow): boolean {
  return Math.max(rim.colour, rim.gradient) > mostStep
}

/** How badly outline and rim fall short: the worst comes first. */
export function worstFirst(rows: readonly PortraitRow[]): PortraitRow[] {
  const badness = ({ rim, outlines: { made } }: PortraitRow) =>
    Math.max(Math.max(rim.colour, rim.gradient) / mostStep, (1 - (made ?? 0)) / usualMiss)
  return rows.toSorted((a, b) => badness(b) - badness(a))
}

/** What a good outline misses of the person mask. */
const usualMiss = 0.1

function meanOf<Row>(rows: readonly Row[], value: (row: Row) => number | null): number | null {
  return mean(
    rows.flatMap((row) => value(row) ?? []),
    1,
  )
}

/** Tables for a README. */
export function headTables(report: HeadReport): string {
  const { made, portraits, variants } = summaryOf(report)
  const failed = report.failures.map(({ photo, view, message }) => `- ${photo}, ${view}: ${message}`)
  return `${[
    `\`${report.command.replaceAll('`', "'")}\`, ${report.date}, textures of ${report.size} px.`,
    ...(failed.length ? [`Failed:\n${failed.join('\n')}`] : []),
    ...(made.length ? ['### Heads of known shape: errors, cm', madeTable(made)] : []),
    ...(portraits.length
      ? [
          '### Outline above the chin: intersection over union with the person mask',
          outlineTable(portraits),
          `### Steps across the rim, times those within the face (median; over ${mostStep})`,
          rimTable(portraits),
          ...(portraits.some(({ heldOut }) => heldOut.length > 0)
            ? ['### Half of the seen hair and skin hidden', heldOutTable(portraits)]
            : []),
          '### Each portrait, the worst first',
          portraitTable(report.portraits),
        ]
      : []),
    ...(variants.length
      ? ['### The same decision from a variant', variantTable(variants), changesOf(report.variants)]
      : []),
  ].join('\n\n')}\n`
}

function table(head: string[], lines: string[][]): string {
  const numbers = head.map((_, i) => (lines.every((line) => /^[−–\d.%]/.test(line[i])) ? '---:' : '---'))
  return [head, numbers, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function madeTable(means: MadeMeans[]): string {
  const parts = ['ears', 'top', 'back', 'neck', 'neckWidth'] as const
  return table(
    ['shape by', 'yaw', 'heads', ...parts.slice(0, 4), 'neck too wide by', 'its width off by'],
    means.map(({ by, yaw, heads, error, neckWidthOff }) => [
      ...[by, String(yaw), String(heads)],
      ...parts.map((part) => show(error[part], 2)),
      show(neckWidthOff, 2),
    ]),
  )
}

function outlineTable(means: PortraitMeans[]): string {
  return table(
    ['half', 'hair', 'portraits', 'bare head', 'style as it is', 'as made'],
    means.flatMap(({ group, outlines }) =>
      outlines.map(({ of, photos, bare, style, made }) => [
        ...[group, of, String(photos)],
        ...[bare, style, made].map((value) => show(value, 3)),
      ]),
    ),
  )
}

function rimTable(means: PortraitMeans[]): string {
  return table(
    ['half', 'portraits', 'colour', 'gradient', 'over'],
    means.map(({ group, photos, rim }) => [
      ...[group, String(photos), show(rim.colour, 2), show(rim.gradient, 2)],
      rim.over.join(', ') || 'nobody',
    ]),
  )
}

function heldOutTable(means: PortraitMeans[]): string {
  return table(
    ['half', 'of', 'fill', 'portraits', 'mean colour off, of 255', 'contrast off', 'LPIPS', 'told'],
    means.flatMap(({ group, heldOut }) =>
      heldOut.map(({ kind, method, photos, colour, contrast, lpips, told }) => [
        ...[group, kind, method, String(photos)],
        ...[show(colour, 1), show(contrast, 2), show(lpips, 4), show(told, 2)],
      ]),
    ),
  )
}

function portraitTable(rows: PortraitRow[]): string {
  return table(
    ['portrait', 'half', 'style', 'cover', 'doubts', 'bare', 'as it is', 'as made', 'colour', 'gradient'],
    worstFirst(rows).map(({ photo, half, decision, outlines, rim }) => [
      ...[photo, half ?? '–', decision.style, decision.cover, decision.doubts.join(', ') || 'none'],
      ...[outlines.bare, outlines.style, outlines.made].map((value) => show(value, 3)),
      ...[show(rim.colour, 2), show(rim.gradient, 2)],
    ]),
  )
}

function variantTable(means: VariantMeans[]): string {
  const names = [...new Set(means.map(({ variant }) => variant))]
  return table(
    ['half', ...names],
    groups.flatMap((group) => {
      const own = means.filter((row) => row.group === group)
      if (own.length === 0) return []
      return [
        [
          group,
          ...names.map((name) => {
            const row = own.find(({ variant }) => variant === name)
            return row ? `${Math.round(100 * row.same)}% of ${row.photos}` : '–'
          }),
        ],
      ]
    }),
  )
}

function changesOf(rows: VariantRow[]): string {
  const said = (decision: VariantRow['original']) => `${decision.style}, ${decision.cover}`
  return rows
    .filter((row) => !row.same)
    .map(
      ({ photo, variant, decision, original, message }) =>
        `- ${photo}, ${variant}: ${said(original)} -> ${decision ? said(decision) : message}`,
    )
    .join('\n')
}
