/** Pieces that every table of the report is made of. `html` escapes whatever it is given. */

import { html } from 'hono/html'
import type { Interval } from '../metrics/bootstrap.ts'
import type { Measure } from './means.ts'
import { round, show, showDifference } from './numbers.ts'

export type Html = ReturnType<typeof html>

interface Column {
  title: string
  decimals: number
  /** ↑ more is better, ↓ less is better, →1 nearer 1 is better. */
  better: '↑' | '↓' | '→1' | ''
}

export const columns: Record<Measure, Column> = {
  psnr: { title: 'PSNR, dB', decimals: 2, better: '↑' },
  ssim: { title: 'SSIM', decimals: 3, better: '↑' },
  lpips: { title: 'LPIPS', decimals: 4, better: '↓' },
  identity: { title: 'Identity', decimals: 3, better: '↑' },
  identityTurned: { title: 'Identity, turned 30°', decimals: 3, better: '↑' },
  sharpness: { title: 'Sharpness, unseen : seen', decimals: 2, better: '→1' },
  seam: { title: 'Seam', decimals: 2, better: '→1' },
  asymmetry: { title: 'Asymmetry', decimals: 4, better: '' },
  seconds: { title: 'Seconds', decimals: 1, better: '' },
  gflop: { title: 'GFLOP', decimals: 0, better: '' },
}

/** What the regions are called where people read; types.ts says what they are. */
export const regionNames = {
  whole: 'Whole face',
  visible: 'Visible',
  invisible: 'Invisible',
  unseen: 'Unseen on both sides',
  frontal: 'Picture from the front',
  turned: 'Picture of the hidden side',
} as const

export function heading(measure: Measure): Html {
  const { title, better } = columns[measure]
  return html`${title}${better && html` <span class="better">${better}</span>`}`
}

/** `31.20` with `30.10…32.30` below it where there is more than one subject. */
export function estimateCell(measure: Measure, estimate: Interval | null, best = false): Html {
  if (!estimate) return html`<td class="number none">–</td>`
  const { decimals } = columns[measure]
  const value = show(estimate.mean, decimals)
  return html`<td class="number">${best ? html`<b>${value}</b>` : value}${range(estimate, (end) => show(end, decimals))}</td>`
}

/** `+1.20` with its interval; green or red where the interval lies on one side of 0. */
export function differenceCell(measure: Measure, estimate: Interval | null): Html {
  if (!estimate) return html`<td class="number none">–</td>`
  const { decimals, better } = columns[measure]
  const certain = (estimate.low ?? 0) > 0 || (estimate.high ?? 0) < 0
  const improved = better === '↓' ? estimate.mean < 0 : estimate.mean > 0
  const verdict = certain && better !== '' ? (improved ? 'gain' : 'loss') : ''
  const text = (value: number) => showDifference(value, decimals)
  return html`<td class="number ${verdict}">${text(estimate.mean)}${range(estimate, text)}</td>`
}

function range({ low, high }: Interval, text: (value: number) => string): Html | '' {
  return low !== null && high !== null ? html`<small>${text(low)} … ${text(high)}</small>` : ''
}

/** Which estimates show the best value of their column; none where all show the same. */
export function bestOf(measure: Measure, estimates: readonly (Interval | null)[]): boolean[] {
  const { better, decimals } = columns[measure]
  const merits = estimates.map((estimate) => {
    if (!estimate || better === '') return null
    const value = round(estimate.mean, decimals)
    return better === '↑' ? value : better === '↓' ? -value : -Math.abs(value - 1)
  })
  const known = merits.filter((merit) => merit !== null)
  const best = Math.max(...known)
  if (known.every((merit) => merit === best)) return estimates.map(() => false)
  return merits.map((merit) => merit === best)
}

/** A table that scrolls sideways where the page is narrower, its caption above it. */
export function table(caption: Html | string, head: Html, body: Html | Html[]): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="Table, scrolls sideways">
<table><caption>${caption}</caption><thead>${head}</thead><tbody>${body}</tbody></table></div>`
}
