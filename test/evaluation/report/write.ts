import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KeptSheet, Report, Sheet } from '../types.ts'
import { markdownTables } from './markdown.ts'
import { meansOf } from './means.ts'
import { finite } from './numbers.ts'
import { reportPage } from './page.ts'
import { composeSheet, encodeSheet, sheetName } from './sheets.ts'

/**
 * Writes into `folder/report/`: `index.html` (self-contained), `summary.json` (command, date, size, photos, rows, means,
 * failures) and `summary.md`. Each is complete at any time: a new one takes the place of the old one at once.
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
  const { command, date, size, photos, failures } = report
  const summary = { command, date, size, photos, rows, means: meansOf(rows), failures }
  await replace(join(out, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`)
  await replace(join(out, 'summary.md'), markdownTables(report))
  await replace(join(out, 'index.html'), await reportPage({ ...report, rows }, baseline))
}

/**
 * Writes a contact sheet to `folder/report/sheets/<protocol>-<photo>-<view>.webp`.
 *
 * @param others the report's sheets so far
 * @returns what the report keeps of it
 */
export async function keepSheet(
  sheet: Sheet,
  others: readonly KeptSheet[],
  folder: string,
): Promise<KeptSheet> {
  const kept = await encodeSheet(sheet, sheetName(sheet, others))
  await replace(join(folder, 'report', 'sheets', `${kept.name}.webp`), await composeSheet(sheet))
  return kept
}

/** Whoever looks at the file, or interrupts this, finds the old one or the new one. */
export async function replace(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = join(dirname(path), `.${basename(path)}`)
  await writeFile(unfinished, content)
  await rename(unfinished, path)
}
