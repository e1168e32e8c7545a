/** Plots as SVG text, drawn by Vega-Lite: quality against time, and every case as a dot. */

import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { Region, Row } from '../types.ts'
import { columns, regionNames } from './cells.ts'
import { decidingRegion, type Group, methodsOf } from './group.ts'
import { estimate, type Measure } from './means.ts'

export interface Plot {
  caption: string
  svg: string
}

/** Told apart on white and on near-black, also by readers who see no difference between red and green. */
const colours = ['#3b82c4', '#d9822b', '#2a9d74', '#b5559b', '#8a7f2e', '#7a6bd0', '#c24d4d', '#2a97b0']
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down']

/** `currentColor` lets the page's text colour, light or dark, draw what is not a method. */
const config: TopLevelSpec['config'] = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    titleFontWeight: 'normal',
    domainColor: 'currentColor',
    domainOpacity: 0.4,
    tickColor: 'currentColor',
    tickOpacity: 0.4,
    gridColor: 'currentColor',
    gridOpacity: 0.12,
    labelFontSize: 11,
    titleFontSize: 12,
    labelLimit: 150,
  },
  legend: {
    labelColor: 'currentColor',
    labelFontSize: 11,
    labelLimit: 150,
    title: null,
    symbolStrokeWidth: 2,
    symbolOpacity: 1,
  },
}

/** PSNR and LPIPS of the deciding region against seconds, then the dots of every case. */
export async function plotsOf(group: Group): Promise<Plot[]> {
  const region = decidingRegion(group)
  const rows = group.rows.filter((row) => row.region === region)
  const known = (['psnr', 'lpips'] as const).filter((measure) => rows.some((row) => row[measure] !== null))
  const where = regionNames[region].toLowerCase()
  const plots = known.flatMap((measure) => [
    {
      caption: `${named(measure)}, ${where}, against the seconds that a method takes. Bars: 95% intervals.`,
      spec: againstTime(rows, region, measure),
    },
    {
      caption: `${named(measure)}, ${where}: a dot a case, a bar for the mean over subjects.`,
      spec: dots(rows, measure),
    },
  ])
  return Promise.all(plots.map(async ({ caption, spec }) => ({ caption, svg: await draw(spec) })))
}

const named = (measure: Measure) => `${columns[measure].title} ${columns[measure].better}`

function againstTime(rows: readonly Row[], region: Region, measure: Measure): TopLevelSpec {
  const methods = methodsOf(rows)
  const values = methods.flatMap((method) => {
    const own = rows.filter((row) => row.method === method && row.region === region)
    const quality = estimate(own, (row) => row[measure])
    const seconds = estimate(own, (row) => row.seconds)
    if (!quality || !seconds) return []
    const { mean, low, high } = quality
    // A logarithmic axis has no 0.
    return [{ method, mean, low: low ?? mean, high: high ?? mean, seconds: Math.max(seconds.mean, 0.01) }]
  })
  return {
    data: { values },
    width: 290,
    height: 230,
    config,
    encoding: {
      x: {
        field: 'seconds',
        type: 'quantitative',
        scale: { type: 'log' },
        title: 'seconds (logarithmic)',
        axis: { tickCount: 5, format: '~g', grid: false },
      },
      color: {
        field: 'method',
        type: 'nominal',
        sort: null,
        scale: { domain: methods, range: colours },
        legend: { orient: 'bottom', columns: 2 },
      },
    },
    layer: [
      {
        mark: { type: 'rule', opacity: 0.5 },
        encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 90, opacity: 1 },
        encoding: {
          y: {
            field: 'mean',
            type: 'quantitative',
            title: named(measure),
            scale: { zero: false },
            axis: { tickCount: 6 },
          },
          shape: { field: 'method', type: 'nominal', sort: null, scale: { domain: methods, range: shapes } },
        },
      },
    ],
  }
}

function dots(rows: readonly Row[], measure: Measure): TopLevelSpec {
  const methods = methodsOf(rows)
  const scored = rows.filter((row) => row[measure] !== null)
  const means = methods.flatMap((method) => {
    const mean = estimate(
      scored.filter((row) => row.method === method),
      (row) => row[measure],
    )
    return mean ? [{ method, value: mean.mean }] : []
  })
  const cases = scored.map((row) => ({
    method: row.method,
    value: row[measure],
    name: `${row.photo}, ${row.view}`,
  }))
  const colour = {
    field: 'method',
    type: 'nominal',
    scale: { domain: methods, range: colours },
    legend: null,
  } as const
  const x = {
    field: 'value',
    type: 'quantitative',
    title: named(measure),
    scale: { zero: false },
    axis: { tickCount: 4 },
  } as const
  const y = { field: 'method', type: 'nominal', sort: methods, title: null, axis: { grid: true } } as const
  return {
    width: 190,
    height: { step: 26 },
    config,
    layer: [
      {
        data: { values: cases },
        mark: { type: 'circle', size: 42, opacity: 0.45 },
        encoding: { x, y, color: colour, description: { field: 'name' } },
      },
      {
        data: { values: means },
        mark: { type: 'tick', thickness: 3, size: 20, opacity: 1 },
        encoding: { x, y, color: colour },
      },
    ],
  }
}

async function draw(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' })
  const svg = await view.toSVG()
  view.finalize()
  return svg
}
