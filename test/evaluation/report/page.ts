/** The report as one HTML file that needs nothing else. */

import { readFile } from 'node:fs/promises'
import { html, raw } from 'hono/html'
import type { KeptSheet, Report } from '../types.ts'
import { ablationTables } from './ablation.ts'
import type { Html } from './cells.ts'
import { conditionsSection } from './conditions.ts'
import { failuresSection } from './failures.ts'
import { type Group, groupsOf, meshName, withoutVariants } from './group.ts'
import { baselineIn, type Pair } from './pairs.ts'
import { photosTable } from './photos.ts'
import { plotsOf } from './plots.ts'
import { photosMissing } from './progress.ts'
import { differencesTable, meansTable, people, plainTable, viewsTable } from './tables.ts'

/** @param report rows with finite numbers (numbers.ts). */
export async function reportPage(report: Report, baseline: string): Promise<string> {
  const groups = groupsOf(report.rows)
  const sheetOf = ({ row }: Pair) => {
    const found = report.sheets.find(
      ({ protocol, photo, view, mesh }) =>
        protocol === row.protocol && photo === row.photo && view === row.view && mesh === row.mesh,
    )
    return found && sheetId(found)
  }
  const sections: Html[] = []
  for (const group of groups) sections.push(await groupSection(group, baseline))
  const sheets = report.sheets.map(sheetSection)
  const style = await readFile(new URL('./report.css', import.meta.url), 'utf8')
  const date = new Date(report.date)

  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Evaluation of ${report.date.slice(0, 10)}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>Evaluation</h1>
<pre class="command">${report.command}</pre>
<p><time datetime="${report.date}">${Number.isNaN(date.getTime()) ? report.date : date.toUTCString()}</time> · textures of ${report.size} × ${report.size} px${report.rows.length > 0 ? ` · ${people(report.rows)}` : ''}</p>
</header>
<main>
${unfinished(report.photos)}
${failuresSection(report, groups, baseline, sheetOf)}
${contents(groups, report.sheets.length)}
${conditionsSection(report.rows)}
${sections}
${sheets.length > 0 ? html`<section id="sheets"><h2>Contact sheets</h2><p>Every picture at its full size; a click doubles it. Sheets scroll sideways.</p>${sheets}</section>` : ''}
</main>
</body>
</html>
`
  return String(page)
}

/** Which photos are still to come, where the run has not ended or was interrupted. */
function unfinished(photos: Report['photos']): Html | '' {
  const missing = photosMissing(photos)
  return missing && html`<p class="failed">This run is unfinished: ${missing}</p>`
}

function contents(groups: readonly Group[], sheets: number): Html {
  if (groups.length === 0) return html``
  return html`<nav aria-label="Contents"><ul>${groups.map((group) => html`<li><a href="#${groupId(group)}">${titleOf(group)}</a></li>`)}${sheets > 0 ? html`<li><a href="#sheets">Contact sheets (${sheets})</a></li>` : ''}</ul></nav>`
}

async function groupSection(group: Group, wanted: string): Promise<Html> {
  const main = { ...group, rows: withoutVariants(group.rows) }
  const baseline = baselineIn(main.rows, wanted)
  const plots = await plotsOf(main)
  return html`<section id="${groupId(group)}"><h2>${titleOf(group)}</h2>
${meansTable(main)}
${differencesTable(main, baseline)}
${plainTable(main)}
${ablationTables(group)}
${viewsTable(main)}
${plots.length > 0 ? html`<div class="plots">${plots.map(({ caption, svg }) => html`<figure><div class="plot">${raw(svg)}</div><figcaption>${caption}</figcaption></figure>`)}</div>` : ''}
${photosTable(group)}
</section>`
}

function titleOf({ protocol, mesh, start }: Group): string {
  const shape = meshName(mesh)
  return `${protocol}: ${shape}, ${start === 'none' ? 'finished textures' : `start ${start}`}`
}

function groupId({ protocol, mesh, start }: Group): string {
  return `${protocol}-${encodeURIComponent(`${mesh}-${start}`).replaceAll('%', '_')}`
}

function sheetId({ name }: KeptSheet): string {
  return `sheet-${encodeURIComponent(name).replaceAll('%', '_')}`
}

function sheetSection(sheet: KeptSheet): Html {
  const { photo, view, protocol, mesh, rows } = sheet
  const lines = rows.map(({ method, start, pictures }) => {
    const cells = pictures.map(({ label, width, height, webp }) => {
      const data = `data:image/webp;base64,${webp.toString('base64')}`
      return html`<td><label><input type="checkbox" aria-label="${label}: twice the size"><img src="${data}" width="${width}" height="${height}" alt="${method}: ${label}" style="--width: ${width}px" decoding="async"><span>${label}</span></label></td>`
    })
    return html`<tr><th scope="row">${method}<small>start ${start}</small></th>${cells}</tr>`
  })
  return html`<details class="sheet" id="${sheetId(sheet)}" open><summary>${photo}, ${view} <small>${protocol}, ${meshName(mesh)}</small></summary>
<div class="pictures" tabindex="0" role="region" aria-label="Pictures of ${photo}, ${view}"><table><tbody>${lines}</tbody></table></div></details>`
}
