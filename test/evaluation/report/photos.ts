import { html } from 'hono/html'
import { columns, type Html, regionNames, table } from './cells.ts'
import type { Group } from './group.ts'
import { measures } from './means.ts'
import { show } from './numbers.ts'

/** Every row of a group, folded away. */
export function photosTable({ rows }: Group): Html {
  const known = measures.filter((measure) => rows.some((row) => row[measure] !== null))
  const head = html`<tr><th scope="col">Photo</th><th class="text" scope="col">View</th><th class="text" scope="col">Method</th><th class="text" scope="col">Region</th>${known.map((measure) => html`<th scope="col">${columns[measure].title}</th>`)}<th scope="col">Texels, pixels</th></tr>`
  const body = rows.map(
    (row) =>
      html`<tr><th scope="row">${row.photo}</th><td>${row.view}</td><td>${row.method}</td><td>${regionNames[row.region]}</td>${known.map((measure) => html`<td class="number">${show(row[measure], columns[measure].decimals)}</td>`)}<td class="number">${row.texels}</td></tr>`,
  )
  return html`<details><summary>Every photo (${rows.length} rows)</summary>${table('One row per photo, view, method and region.', head, body)}</details>`
}
