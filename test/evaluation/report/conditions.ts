/** What a worse start, or a mesh that the pipeline had to find itself, costs the same method on the same cases. */

import { html } from 'hono/html'
import type { Region, Row } from '../types.ts'
import { differenceCell, type Html, heading, regionNames, table } from './cells.ts'
import { groupBy, keyOf, meshName, regionsOf, withoutVariants } from './group.ts'
import type { Measure } from './means.ts'
import { compare, pairRows } from './pairs.ts'

interface Condition {
  /** `start generator-like, true mesh` */
  title: string
  protocol: Row['protocol']
  method: string
  region: Region
  rows: Row[]
  usual: Row[]
}

const shown: Measure[] = ['psnr', 'lpips', 'identity']

/** Other starts against `ours`, and other meshes against the true one; empty where the rows have one of each. */
export function conditionsSection(all: readonly Row[]): Html {
  const rows = withoutVariants(all).filter((row) => row.start !== 'none')
  const starts = conditionsOf(
    rows,
    (row) => keyOf(row, 'protocol', 'mesh', 'method', 'region'),
    (row) => row.start,
    'ours',
    ({ start, mesh }) => `start ${start}, ${meshName(mesh)}`,
  )
  const meshes = conditionsOf(
    rows,
    (row) => keyOf(row, 'protocol', 'start', 'method', 'region'),
    (row) => row.mesh,
    'true',
    ({ mesh, start }) => `${meshName(mesh)}, start ${start}`,
  )
  if (starts.length + meshes.length === 0) return html``
  return html`<section id="conditions"><h2>Starts and meshes compared</h2>
${conditionsTable(starts, html`<b>Other starts against the start ours,</b> the same method on the same cases.`)}
${conditionsTable(meshes, html`<b>Other meshes against the true one,</b> the same method on the same cases.`)}
</section>`
}

/** Within rows of one key: those of each other value against those of the usual one, where both are there. */
function conditionsOf(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => string,
  usualValue: string,
  title: (row: Row) => string,
): Condition[] {
  return groupBy(rows, key).flatMap((same) => {
    const usual = same.filter((row) => value(row) === usualValue)
    const others = same.filter((row) => value(row) !== usualValue)
    if (usual.length === 0) return []
    return groupBy(others, value).map((set) => {
      const { protocol, method, region } = set[0]
      return { title: title(set[0]), protocol, method, region, rows: set, usual }
    })
  })
}

function conditionsTable(conditions: Condition[], caption: Html): Html {
  if (conditions.length === 0) return html``
  const regions = regionsOf(conditions.flatMap(({ rows }) => rows))
  const fields = regions.flatMap((region, i) =>
    shown.filter((measure) => measure !== 'identity' || i === 0).map((measure) => ({ region, measure })),
  )
  const head = html`<tr><th rowspan="2" scope="col">Method</th><th class="text" rowspan="2" scope="col">Condition</th>${groupBy(
    fields,
    ({ region }) => region,
  ).map(
    (part) => html`<th colspan="${part.length}" scope="colgroup">${regionNames[part[0].region]}</th>`,
  )}</tr>
<tr>${fields.map(({ measure }) => html`<th scope="col">${heading(measure)}</th>`)}</tr>`
  const lines = groupBy(conditions, ({ protocol, title, method }) =>
    JSON.stringify([protocol, title, method]),
  )
  const body = lines.map((line) => {
    const { protocol, title, method } = line[0]
    return html`<tr><th scope="row">${method}</th><td>${protocol}, ${title}</td>${fields.map(
      ({ region, measure }) => {
        const found = line.find((condition) => condition.region === region)
        const pairs = found
          ? pairRows(found.rows, found.usual, measure, (row) => keyOf(row, 'photo', 'view'))
          : []
        return differenceCell(measure, compare(pairs, measure).difference)
      },
    )}</tr>`
  })
  return table(html`${caption} Differences, means over subjects with 95% intervals.`, head, body)
}
