/** What a result without a title is called. */
export const untitled = 'A face texture'

export const titleWords = (title: string) => title || untitled

/** @example dateWords('2026-08-01T12:00:00.000Z') // -> '1 August 2026' */
export function dateWords(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

/** @example shortDateWords('2026-08-01T12:00:00.000Z') // -> '1 Aug 2026' */
export function shortDateWords(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
}

/** @example sizeWords(1_234_567) // -> '1.2 MB' */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

const presets: Record<string, string> = {
  draft: 'Draft, a quick first look',
  standard: 'Standard',
  paper: 'Paper, the published recipe',
}

/** Records may name anything; only what this service knows is put into words. */
export function presetWords(preset: string | undefined): string | undefined {
  return preset !== undefined && Object.hasOwn(presets, preset) ? presets[preset] : undefined
}

/** How near the texture comes to what the photo shows, after the recomputation at publishing. */
export function fidelityWords(visiblePsnr: number | null): string | undefined {
  if (visiblePsnr === null) return undefined
  const decibels = `${visiblePsnr.toFixed(1)} dB`
  if (visiblePsnr >= 40) return `Like the photo where it shows the skin (${decibels})`
  if (visiblePsnr >= 30) return `Close to the photo where it shows the skin (${decibels})`
  return `Freely after the photo (${decibels})`
}
