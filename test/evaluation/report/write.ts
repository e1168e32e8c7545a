import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../types.ts'
import { markdownTables } from './markdown.ts'
import { meansOf } from './means.ts'
import { finite } from './numbers.ts'
import { reportPage } from './page.ts'
import { composeSheet, sheetNames } from './sheets.ts'

/**
 * Writes into `folder/report/`: `index.html` (self-contained), `summary.json` (command, date, size, rows, means,
 * failures), `summary.md` and, for each contact sheet, `sheets/<protocol>-<photo>-<view>.webp`.
 *
 * @param baseline the method that the others are compared with, in tables where it is among them; else the first.
 *
 * ```ts
 * await writeReport(report, 'out') // out/report/index.html
 * ```
 */
export async function writeReport(
  report: Report,
  folder: string,
  baseline = 'poisson-mirror',
): Promise<void> {
  const out = join(folder, 'report')
  const rows = report.rows.map(finite)
  const { command, date, size, failures } = report
  const summary = { command, date, size, rows, means: meansOf(rows), failures }
  await mkdir(join(out, 'sheets'), { recursive: true })
  await writeFile(join(out, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`)
  await writeFile(join(out, 'summary.md'), markdownTables(report))
  await writeFile(join(out, 'index.html'), await reportPage({ ...report, rows }, baseline))
  const names = sheetNames(report.sheets)
  for (const [i, sheet] of report.sheets.entries()) {
    await writeFile(join(out, 'sheets', `${names[i]}.webp`), await composeSheet(sheet))
  }
}
