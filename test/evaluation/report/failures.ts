/** What went wrong, before anything that went well. */

import { html } from 'hono/html'
import type { Report } from '../types.ts'
import { columns, type Html, regionNames, table } from './cells.ts'
import { decidingRegion, type Group, meshName } from './group.ts'
import type { Measure } from './means.ts'
import { show, showDifference } from './numbers.ts'
import { gain, type Pair, worstPairs } from './pairs.ts'

/** How many cases of each method are listed per measure, so that the weakest method does not fill the table. */
const listed = 2

/** @param sheetOf id of the contact sheet that shows the pair's case, where there is one. */
export function failuresSection(
  report: Report,
  groups: readonly Group[],
  baseline: string,
  sheetOf: (pair: Pair) => string | undefined,
): Html {
  return html`<section id="failures"><h2>Failures first</h2>
${failedCases(report)}
${(['psnr', 'lpips'] as const).map((measure) => worstTable(groups, baseline, measure, sheetOf))}
</section>`
}

function failedCases({ failures, rows }: Report): Html {
  if (rows.length === 0 && failures.length === 0) {
    return html`<p class="failed">No case was evaluated, and none failed: the run had nothing to do.</p>`
  }
  if (failures.length === 0) return html`<p>No case failed.</p>`
  const said =
    rows.length === 0
      ? html`<p class="failed">Every case failed; there is nothing to compare.</p>`
      : html`<p>${failures.length} ${failures.length === 1 ? 'case' : 'cases'} failed and ${failures.length === 1 ? 'is' : 'are'} in no table below.</p>`
  return html`${said}<ul class="failures">${failures.map(
    ({ photo, view, message }) => html`<li><b>${photo}</b>, ${view}: ${message}</li>`,
  )}</ul>`
}

function worstTable(
  groups: readonly Group[],
  baseline: string,
  measure: Measure,
  sheetOf: (pair: Pair) => string | undefined,
): Html {
  const pairs = worstPairs(groups, baseline, measure, decidingRegion, listed)
  if (pairs.length === 0) return html``
  const lost = pairs.filter((pair) => gain(measure, pair.difference) < 0).length
  const { title, decimals } = columns[measure]
  const head = html`<tr><th scope="col">Case</th><th scope="col">Difference</th><th scope="col">Method</th><th scope="col">Baseline</th><th class="text" scope="col">Method against baseline</th><th class="text" scope="col">Region</th><th class="text" scope="col">Protocol</th></tr>`
  const body = pairs.map((pair) => {
    const { row, baseline: other, difference } = pair
    const sheet = sheetOf(pair)
    const name = html`${row.photo}, ${row.view}`
    const verdict = gain(measure, difference) < 0 ? 'loss' : ''
    return html`<tr><th scope="row">${sheet ? html`<a href="#${sheet}">${name}</a>` : name}</th><td class="number ${verdict}">${showDifference(difference, decimals)}</td><td class="number">${show(row[measure], decimals)}</td><td class="number">${show(other[measure], decimals)}</td><td>${row.method} against ${other.method}</td><td>${regionNames[row.region]}</td><td>${row.protocol}, ${meshName(row.mesh)}, start ${row.start}</td></tr>`
  })
  const caption =
    lost === 0
      ? html`<b>No case is worse than its baseline by ${title}.</b> The smallest gains:`
      : html`<b>Worst cases by ${title}</b> against the baseline: the worst ${listed} of each method, in the region where methods differ most. A link leads to the case's contact sheet.`
  return table(caption, head, body)
}
