/** What each part of a method is worth: variants such as `draft: no moments` against `draft`. */

import { html } from 'hono/html'
import { columns, differenceCell, estimateCell, type Html, heading, regionNames, table } from './cells.ts'
import { type Group, groupBy, methodsOf, regionsOf, variantOf } from './group.ts'
import { estimate, type Measure } from './means.ts'
import { compare, pairsOf } from './pairs.ts'

const perRegion: Measure[] = ['psnr', 'lpips']
const once: Measure[] = ['identity', 'seconds', 'gflop']

/** One table a method that has variants: its own means first, then what each variant changes. */
export function ablationTables({ rows }: Group): Html[] {
  const methods = methodsOf(rows)
  const variants = methods.flatMap((method) => {
    const found = variantOf(method, methods)
    return found ? [{ method, ...found }] : []
  })
  const regions = regionsOf(rows)
  const fields = [
    ...regions.flatMap((region) => perRegion.map((measure) => ({ region, measure }))),
    ...once.map((measure) => ({ region: regions[0], measure })),
  ].filter(({ region, measure }) => rows.some((row) => row.region === region && row[measure] !== null))

  return groupBy(variants, (variant) => variant.of).map((same) => {
    const { of } = same[0]
    const means = fields.map(({ region, measure }) =>
      estimateCell(
        measure,
        estimate(
          rows.filter((row) => row.method === of && row.region === region),
          (row) => row[measure],
        ),
      ),
    )
    const lines = same.map(
      ({ method, change }) =>
        html`<tr><th scope="row">${change}</th>${fields.map(({ region, measure }) =>
          differenceCell(measure, compare(pairsOf(rows, method, of, region, measure), measure).difference),
        )}</tr>`,
    )
    const head = html`<tr><th rowspan="2" scope="col">Variant</th>${groupBy(
      fields.filter(({ measure }) => perRegion.includes(measure)),
      ({ region }) => region,
    ).map(
      (part) => html`<th colspan="${part.length}" scope="colgroup">${regionNames[part[0].region]}</th>`,
    )}${fields
      .filter(({ measure }) => once.includes(measure))
      .map(({ measure }) => html`<th rowspan="2" scope="col">${heading(measure)}</th>`)}</tr>
<tr>${fields
      .filter(({ measure }) => perRegion.includes(measure))
      .map(
        ({ measure }) =>
          html`<th scope="col">${columns[measure].title} <span class="better">${columns[measure].better}</span></th>`,
      )}</tr>`
    const caption = html`<b>Ablation of ${of}.</b> First its own means, then the difference that each change makes, paired by case, with 95% intervals: PSNR below 0 or LPIPS above 0 says that what was changed helps.`
    return table(caption, head, [
      html`<tr class="reference"><th scope="row">${of}</th>${means}</tr>`,
      ...lines,
    ])
  })
}
