import { describe, expect, test } from 'vitest'
import { presets } from '../../../../client/refine/schedule.ts'
import { figures } from '../../../../worker/texts/figures.ts'
import { presetNames } from '../../../../worker/texts/presets.ts'

/** What both languages write, with _ for the space that holds a number and its unit together. */
const written = (write: (language: (typeof figures)['en']) => string | string[]) =>
  [write(figures.en), write(figures.de)].map((texts) =>
    [texts].flat().map((t) => t.replaceAll('\u00a0', '_')),
  )

describe('numbers and units, in English and German', () => {
  test('shares, never rounded to none or all', () => {
    expect(written(({ percent }) => [0, 0.001, 0.5, 0.999, 1].map(percent))).toEqual([
      ['0%', 'under 1%', '50%', 'over 99%', '100%'],
      ['0_%', 'unter 1_%', '50_%', 'über 99_%', '100_%'],
    ])
  })

  test('sizes of files: one spelling of the units, and no 1,000 kB', () => {
    const sizes = [20, 999, 1000, 48_600, 999_499, 999_500, 1_240_000, 12_345_678_900]
    expect(written(({ size }) => sizes.map(size))).toEqual([
      ['20_bytes', '999_bytes', '1_kB', '49_kB', '999_kB', '1.0_MB', '1.2_MB', '12,345.7_MB'],
      ['20_Byte', '999_Byte', '1_kB', '49_kB', '999_kB', '1,0_MB', '1,2_MB', '12.345,7_MB'],
    ])
  })

  test('how much of a file has come, in the unit of the whole', () => {
    const parts = [
      [0, 43_200],
      [999_499, 999_499],
      [40_000, 3_140_000],
    ]
    expect(written(({ sizeOf }) => parts.map(([part, all]) => sizeOf(part, all, 'of')))).toEqual([
      ['0_of_43_kB', '999_of_999_kB', '0.0_of_3.1_MB'],
      ['0_of_43_kB', '999_of_999_kB', '0,0_of_3,1_MB'],
    ])
  })

  test('times, whose parts never reach 60', () => {
    const seconds = [1.24, 9.96, 42.4, 59.6, 75, 3599.7, 7384]
    expect(written(({ duration }) => seconds.map(duration))).toEqual([
      ['1.2_s', '10_s', '42_s', '1_min 0_s', '1_min 15_s', '1_h 0_min', '2_h 3_min'],
      ['1,2_s', '10_s', '42_s', '1_min 0_s', '1_min 15_s', '1_h 0_min', '2_h 3_min'],
    ])
  })

  test('amounts, angles, fidelity and sides of pictures', () => {
    const some = ({
      whole,
      significant,
      degrees,
      decibels,
      pixels,
      square,
      wide,
    }: (typeof figures)['en']) => [
      ...[whole(16331), significant(0.067312), significant(11.9), degrees(-9.4), degrees(-0.2)],
      ...[decibels(47.21), pixels(2048), square(512), wide(512)],
    ]
    expect(written(some)).toEqual([
      ['16,331', '0.06731', '11.90', '−9°', '0°', '47.2_dB', '2048_px', '512_×_512', '1024_×_512'],
      ['16.331', '0,06731', '11,90', '−9°', '0°', '47,2_dB', '2048_px', '512_×_512', '1024_×_512'],
    ])
  })

  test('dates', () => {
    expect(
      written(({ date, shortDate }) => [date, shortDate].map((say) => say('2026-08-01T23:30:00Z'))),
    ).toEqual([
      ['1 August 2026', '1 Aug 2026'],
      ['1. August 2026', '1. Aug. 2026'],
    ])
  })
})

test('every preset has one name for people in each language, in English the one that programs know', () => {
  for (const names of Object.values(presetNames)) expect(Object.keys(names)).toEqual(Object.keys(presets))
  for (const [key, name] of Object.entries(presetNames.en)) expect(name.toLowerCase()).toBe(key)
})
