import type { Row } from '../types.ts'

/** PSNR of equal images is infinite; a mean needs a number. */
const highestPsnr = 99

export function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}

/** A row that JSON can hold: PSNR at most 99 dB, other numbers that are not finite null. */
export function finite(row: Row): Row {
  const psnr = row.psnr === null || Number.isNaN(row.psnr) ? null : Math.min(row.psnr, highestPsnr)
  const entries = Object.entries({ ...row, psnr }).map(([name, value]) => [
    name,
    typeof value === 'number' && !Number.isFinite(value) ? null : value,
  ])
  return Object.fromEntries(entries)
}

/** `-0.013` with a true minus sign, `–` for null. */
export function show(value: number | null, decimals: number): string {
  return value === null
    ? '–'
    : value
        .toFixed(decimals)
        .replace(/^-(?=[0.]*$)/, '')
        .replace('-', '−')
}

/** As `show`, with a sign where there is a difference. */
export function showDifference(value: number | null, decimals: number): string {
  const text = show(value, decimals)
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}
