/** The short version of the report, for a README. */

import type { Interval } from '../metrics/bootstrap.ts'
import type { Report } from '../types.ts'
import { bestOf, columns, regionNames } from './cells.ts'
import { comparable, groupBy, keyOf, withoutVariants } from './group.ts'
import { estimate, type Measure } from './means.ts'
import { finite, show } from './numbers.ts'
import { photosMissing } from './progress.ts'

const shown: Measure[] = ['psnr', 'ssim', 'lpips', 'identity', 'seconds']

/**
 * The command and date, then one table per protocol: a line per mesh, start, method and region with means over subjects,
 * the best of each region bold. Ablation variants are left out; they are in the HTML report.
 */
export function markdownTables(report: Report): string {
  const { command, date, size, photos, failures } = report
  const missing = photosMissing(photos)
  const rows = comparable(withoutVariants(report.rows.map(finite)))
  const tables = groupBy(rows, (row) => row.protocol).map(
    (same) => `### ${same[0].protocol}\n\n${table(same)}`,
  )
  const failed = failures.map(
    ({ photo, view, message }) => `- ${plain(photo)}, ${plain(view)}: ${plain(message)}`,
  )
  return `${[
    `\`${command.replaceAll('`', "'")}\`, ${date}, textures of ${size} px.`,
    ...(missing ? [`**This run is unfinished: ${missing}**`] : []),
    ...(failed.length > 0 ? [`Failed:\n${failed.join('\n')}`] : []),
    ...(rows.length > 0 ? tables : ['No case gave a result.']),
  ].join('\n\n')}\n`
}

function table(rows: Report['rows']): string {
  const regions = groupBy(rows, (row) => keyOf(row, 'mesh', 'start', 'region'))
  const lines = regions.flatMap((region) => {
    const methods = groupBy(region, (row) => row.method)
    const fields = shown.map((measure) => {
      const estimates = methods.map((same) => estimate(same, (row) => row[measure]))
      return { measure, estimates, best: bestOf(measure, estimates) }
    })
    return methods.map(([{ method, mesh, start, region: name, subject }, ...others], i) => [
      plain(method),
      mesh,
      plain(start),
      regionNames[name].toLowerCase(),
      ...fields.map(({ measure, estimates, best }) => cell(measure, estimates[i], best[i])),
      String(new Set([subject, ...others.map((row) => row.subject)]).size),
    ])
  })
  const titles = shown.map((measure) => `${columns[measure].title} ${columns[measure].better}`.trim())
  const head = ['Method', 'Mesh', 'Start', 'Region', ...titles, 'n']
  const align = head.map((_, i) => (i < 4 ? '---' : '---:'))
  return [head, align, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cell(measure: Measure, found: Interval | null, best: boolean): string {
  const text = show(found?.mean ?? null, columns[measure].decimals)
  return best ? `**${text}**` : text
}

/** Text that stays text in a cell of a Markdown table. */
function plain(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]|]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('\n', ' ')
}
