/** The report's tables of means, of differences against a baseline, and of measures that need no truth. */

import { html } from 'hono/html'
import type { Interval } from '../metrics/bootstrap.ts'
import type { Region, Row } from '../types.ts'
import {
  bestOf,
  columns,
  differenceCell,
  estimateCell,
  type Html,
  heading,
  regionNames,
  table,
} from './cells.ts'
import { comparable, decidingRegion, type Group, groupBy, methodsOf, regionsOf } from './group.ts'
import { estimate, type Measure } from './means.ts'
import { showDifference } from './numbers.ts'
import { baselineIn, type Comparison, compare, type Pair, pairsOf } from './pairs.ts'

interface Field {
  region: Region
  measure: Measure
  /** One a method. */
  estimates: (Interval | null)[]
}

const ofTruth: Measure[] = ['psnr', 'ssim', 'lpips', 'identity']
const ofTexture: Measure[] = ['identityTurned', 'sharpness', 'seam', 'asymmetry']

/** Methods in rows; PSNR, SSIM, LPIPS and identity of each region, then the cost, in columns. */
export function meansTable(all: Group): Html {
  const group = { ...all, rows: comparable(all.rows) }
  const methods = methodsOf(group.rows)
  const fields = fieldsOf(group, methods)
  const byRegion = groupBy(fields, ({ region }) => region)
  const whole = regionsOf(group.rows)[0]
  const costs = (['seconds', 'gflop'] as const).map((measure) => field(group.rows, methods, whole, measure))
  const best = fields.map(({ measure, estimates }) => bestOf(measure, estimates))
  const head = html`<tr><th rowspan="2" scope="col">Method</th>${byRegion.map(
    (same) => html`<th colspan="${same.length}" scope="colgroup">${regionNames[same[0].region]}</th>`,
  )}<th colspan="3" scope="colgroup">Cost</th></tr>
<tr>${[...fields, ...costs].map(({ measure }) => html`<th scope="col">${heading(measure)}</th>`)}<th scope="col">Cases</th></tr>`
  const body = methods.map(
    (method, i) =>
      html`<tr><th scope="row">${method}</th>${fields.map(({ measure, estimates }, j) =>
        estimateCell(measure, estimates[i], best[j][i]),
      )}${costs.map(({ measure, estimates }) => estimateCell(measure, estimates[i]))}<td class="number">${
        group.rows.filter((row) => row.method === method && row.region === whole).length
      }</td></tr>`,
  )
  const caption = html`<b>Means over ${people(group.rows)}, those that every method was run on.</b> Below each mean its 95% interval (bootstrap over subjects); bold: the best value of a column. ↑ more is better, ↓ less is better. Seconds and GFLOP are of the method alone, without the capture.`
  return table(caption, head, body)
}

/** A column for each measure that some row has; identity, where it is the same in every region, once. */
function fieldsOf({ rows }: Group, methods: string[]): Field[] {
  const fields = regionsOf(rows)
    .flatMap((region) => ofTruth.map((measure) => field(rows, methods, region, measure)))
    .filter(({ estimates }) => estimates.some((one) => one !== null))
  const identities = fields.filter(({ measure }) => measure === 'identity')
  const repeated = (one: Field) =>
    one.estimates.every((value, i) => value?.mean === identities[0].estimates[i]?.mean)
  return fields.filter((one) => one.measure !== 'identity' || one === identities[0] || !repeated(one))
}

function field(rows: readonly Row[], methods: string[], region: Region, measure: Measure): Field {
  const estimates = methods.map((method) =>
    estimate(
      rows.filter((row) => row.method === method && row.region === region),
      (row) => row[measure],
    ),
  )
  return { region, measure, estimates }
}

/** Each method against the baseline, case by case. */
export function differencesTable(group: Group, wanted: string): Html {
  const baseline = baselineIn(group.rows, wanted)
  const lines = methodsOf(group.rows)
    .filter((method) => method !== baseline)
    .flatMap((method) =>
      regionsOf(group.rows).flatMap((region) => {
        const [psnr, ssim, lpips] = (['psnr', 'ssim', 'lpips'] as const).map((measure) =>
          compare(pairsOf(group.rows, method, baseline, region, measure), measure),
        )
        return psnr.cases + lpips.cases === 0 ? [] : [{ method, region, psnr, ssim, lpips }]
      }),
    )
  if (lines.length === 0) return html``
  const head = html`<tr><th scope="col">Method</th><th class="text" scope="col">Region</th>
<th scope="col">${heading('psnr')}</th><th scope="col">Won</th><th class="text" scope="col">Worst case</th>
<th scope="col">${heading('ssim')}</th>
<th scope="col">${heading('lpips')}</th><th scope="col">Won</th><th class="text" scope="col">Worst case</th></tr>`
  const body = groupBy(lines, ({ method }) => method).flatMap((same) =>
    same.map(
      ({ method, region, psnr, ssim, lpips }, i) =>
        html`<tr>${
          i === 0 ? html`<th rowspan="${same.length}" scope="row">${method}</th>` : ''
        }<td>${regionNames[region]}</td>${differenceCell('psnr', psnr.difference)}${wonCell(psnr)}${worstCell('psnr', psnr.worst)}${differenceCell('ssim', ssim.difference)}${differenceCell('lpips', lpips.difference)}${wonCell(lpips)}${worstCell('lpips', lpips.worst)}</tr>`,
    ),
  )
  const caption = html`<b>Differences from ${baseline}, paired by case.</b> Means over subjects with 95% intervals; coloured where the interval lies on one side of 0. Won: cases that are better than ${baseline}, of those that both solved.`
  return table(caption, head, body)
}

function wonCell({ won, cases }: Comparison): Html {
  return cases === 0 ? html`<td class="number none">–</td>` : html`<td class="number">${won} / ${cases}</td>`
}

function worstCell(measure: Measure, worst: Pair | null): Html {
  if (!worst) return html`<td class="none">–</td>`
  const value = showDifference(worst.difference, columns[measure].decimals)
  return html`<td>${value}<small>${worst.row.photo}, ${worst.row.view}</small></td>`
}

/** What can be said of a texture without a truth; empty where no row has such a measure. */
export function plainTable({ rows }: Group): Html {
  const known = ofTexture.filter((measure) => rows.some((row) => row[measure] !== null))
  if (known.length === 0) return html``
  const methods = methodsOf(rows)
  const fields = known.map((measure) => {
    const region = regionsOf(rows).find((one) =>
      rows.some((row) => row.region === one && row[measure] !== null),
    )
    return field(rows, methods, region!, measure)
  })
  const best = fields.map(({ measure, estimates }) => bestOf(measure, estimates))
  const head = html`<tr><th scope="col">Method</th>${known.map((measure) => html`<th scope="col">${heading(measure)}</th>`)}</tr>`
  const body = methods.map(
    (method, i) =>
      html`<tr><th scope="row">${method}</th>${fields.map(({ measure, estimates }, j) => estimateCell(measure, estimates[i], best[j][i]))}</tr>`,
  )
  const caption = html`<b>Measures that need no truth, over ${people(rows)}.</b> Identity, turned: cosine between the photo and the result turned by 30° to its less visible side. Sharpness: gradient energy of the unseen part over that of the seen part. Seam: step along their border over the usual step. →1 nearer 1 is better. Asymmetry: mean left-right difference, 0 to 1; a real face has some.`
  return table(caption, head, body)
}

/** The deciding region's means for each view; empty where all cases have the same view. */
export function viewsTable(group: Group): Html {
  const views = groupBy(group.rows, (row) => row.view).map(([row]) => row.view)
  if (views.length < 2) return html``
  const region = decidingRegion(group)
  const methods = methodsOf(group.rows)
  const known = (['psnr', 'lpips'] as const).filter((measure) =>
    group.rows.some((row) => row.region === region && row[measure] !== null),
  )
  const tables = known.map((measure) => {
    const fields = views.map((view) =>
      field(
        group.rows.filter((row) => row.view === view),
        methods,
        region,
        measure,
      ),
    )
    const best = fields.map(({ estimates }) => bestOf(measure, estimates))
    const head = html`<tr><th scope="col">Method</th>${views.map((view) => html`<th scope="col">${view}</th>`)}</tr>`
    const body = methods.map(
      (method, i) =>
        html`<tr><th scope="row">${method}</th>${fields.map(({ estimates }, j) => estimateCell(measure, estimates[i], best[j][i]))}</tr>`,
    )
    return table(html`<b>${heading(measure)}, ${regionNames[region].toLowerCase()}, by view.</b>`, head, body)
  })
  return html`<details><summary>By view (${views.length})</summary>${tables}</details>`
}

/** `8 subjects, 40 cases` */
export function people(rows: readonly Row[]): string {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
  const subjects = new Set(rows.map((row) => row.subject)).size
  const cases = new Set(rows.map((row) => `${row.photo}\n${row.view}`)).size
  return `${count(subjects, 'subject')}, ${count(cases, 'case')}`
}
