/** A number and its unit stay on one line. */
const gap = '\u00a0'

interface Habits {
  /** For dates and numbers, e.g. `de-DE`. */
  locale: string
  under: string
  over: string
  bytes: string
}

/**
 * How numbers, units and dates are written in a language: for the page, the pages that the worker writes, and the
 * terminal. Sizes are in kB and MB, thousands and millions of bytes.
 */
function figuresIn({ locale, under, over, bytes }: Habits) {
  const formatted = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options)
    return (value: number) => format.format(value).replace('-', '−')
  }
  const whole = formatted({ maximumFractionDigits: 0 })
  const tenths = formatted({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const significant = formatted({ minimumSignificantDigits: 4, maximumSignificantDigits: 4 })
  const inPercent = formatted({ style: 'percent' })
  // A side of a picture is a name more than an amount: 2048, as programs write it.
  const side = (texels: number) => `${texels}`
  const dated = (options: Intl.DateTimeFormatOptions) => (time: string) =>
    new Date(time).toLocaleDateString(locale, { ...options, timeZone: 'UTC' })

  return {
    /** @example whole(16331) // -> '16,331' */
    whole,
    /** With four digits that count. @example significant(0.06731) // -> '0.06731' */
    significant,
    /** A share as whole percent, never rounding something to nothing or nearly all to all. */
    percent(share: number): string {
      const rounded = Math.round(share * 100)
      if (rounded === 0 && share > 0) return `${under} ${inPercent(0.01)}`
      if (rounded === 100 && share < 1) return `${over} ${inPercent(0.99)}`
      return inPercent(share)
    },
    /** @example degrees(-9.2) // -> '−9°' */
    degrees: (value: number) => `${whole(Math.round(value) || 0)}°`,
    /** @example decibels(47.21) // -> '47.2 dB' */
    decibels: (value: number) => `${tenths(value)}${gap}dB`,
    /** @example pixels(256) // -> '256 px' */
    pixels: (value: number) => `${side(value)}${gap}px`,
    /** @example square(256) // -> '256 × 256' */
    square: (value: number) => `${side(value)}${gap}×${gap}${side(value)}`,
    /** Of a picture that is twice as wide as high. @example wide(256) // -> '512 × 256' */
    wide: (value: number) => `${side(2 * value)}${gap}×${gap}${side(value)}`,
    /** @example size(1_234_567) // -> '1.2 MB' */
    size(value: number): string {
      if (value < 1000) return `${whole(value)}${gap}${bytes}`
      if (value < 999_500) return `${whole(value / 1e3)}${gap}kB`
      return `${tenths(value / 1e6)}${gap}MB`
    },
    /** How much of a file has come. @example sizeOf(3.1e6, 18.2e6, 'of') // -> '3.1 of 18.2 MB' */
    sizeOf: (part: number, all: number, of: string) =>
      all < 999_500
        ? `${whole(part / 1e3)}${gap}${of}${gap}${whole(all / 1e3)}${gap}kB`
        : `${tenths(part / 1e6)}${gap}${of}${gap}${tenths(all / 1e6)}${gap}MB`,
    /** @example duration(75.4) // -> '1 min 15 s' */
    duration(seconds: number): string {
      if (seconds < 9.95) return `${tenths(seconds)}${gap}s`
      const full = Math.round(seconds)
      if (full < 60) return `${full}${gap}s`
      if (full < 3600) return `${Math.floor(full / 60)}${gap}min ${full % 60}${gap}s`
      return `${whole(Math.floor(full / 3600))}${gap}h ${Math.floor((full % 3600) / 60)}${gap}min`
    },
    /** @example date('2026-08-01T12:00:00.000Z') // -> '1 August 2026' */
    date: dated({ dateStyle: 'long' }),
    /** @example shortDate('2026-08-01T12:00:00.000Z') // -> '1 Aug 2026' */
    shortDate: dated({ day: 'numeric', month: 'short', year: 'numeric' }),
  }
}

export const figures = {
  en: figuresIn({ locale: 'en-GB', under: 'under', over: 'over', bytes: 'bytes' }),
  de: figuresIn({ locale: 'de-DE', under: 'unter', over: 'über', bytes: 'Byte' }),
}
