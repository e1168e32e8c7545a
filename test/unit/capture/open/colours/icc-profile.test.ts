import { expect, it } from 'vitest'
import { iccProfile } from '../../../../../client/capture/open/colours/icc-profile.ts'

/** A grey profile with nothing but this curve. */
function greyProfile(type: string, words: number[]): Uint8Array {
  const profile = Buffer.alloc(144 + 12 + 2 * words.length)
  profile.write('GRAY', 16)
  profile.write('acsp', 36)
  profile.writeUInt32BE(1, 128)
  profile.write('kTRC', 132)
  profile.writeUInt32BE(144, 136)
  profile.writeUInt32BE(profile.length - 144, 140)
  profile.write(type, 144)
  for (const [i, word] of words.entries()) profile.writeUInt16BE(word, 152 + 2 * i)
  return profile
}
const fixed = (values: number[]) =>
  values.flatMap((value) => {
    const bits = Math.round(value * 65536)
    return [(bits >> 16) & 0xffff, bits & 0xffff]
  })

const srgb = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)

it.each<[string, string, number[], (x: number) => number]>([
  ['no entries', 'curv', [0, 0], (x) => x],
  ['a gamma', 'curv', [0, 1, 0x0240], (x) => x ** 2.25],
  ['a table', 'curv', [0, 3, 0, 13107, 65535], (x) => (x < 0.5 ? 0.4 * x : 0.2 + 1.6 * (x - 0.5))],
  ['parameters: a gamma', 'para', [0, 0, ...fixed([1.8])], (x) => x ** 1.8],
  [
    'parameters: CIE 122',
    'para',
    [1, 0, ...fixed([2, 1.25, -0.25])],
    (x) => Math.max(0, 1.25 * x - 0.25) ** 2,
  ],
  ['parameters: IEC 61966-3', 'para', [2, 0, ...fixed([2, 0.9, 0, 0.1])], (x) => (0.9 * x) ** 2 + 0.1],
  ['parameters: sRGB', 'para', [3, 0, ...fixed([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])], srgb],
  [
    'parameters: all',
    'para',
    [4, 0, ...fixed([2, 0.5, 0.25, 0.3, 0.5, 0.1, 0.2])],
    (x) => (x >= 0.5 ? (0.5 * x + 0.25) ** 2 + 0.1 : 0.3 * x + 0.2),
  ],
])('a grey curve by %s', (_, type, words, expected) => {
  const { grey, space } = iccProfile(greyProfile(type, words))!
  expect(space).toBe('GRAY')
  for (const x of [0, 0.02, 0.1, 0.3, 0.5, 0.75, 1]) expect(grey!(x)).toBeCloseTo(expected(x), 3)
})

it('knows what is no profile, or one cut short', () => {
  const whole = greyProfile('curv', [0, 1, 0x0240])
  expect(iccProfile(new Uint8Array(300))).toBeNull()
  expect(iccProfile(whole.subarray(0, 100))).toBeNull()
  expect(iccProfile(whole.subarray(0, -1))).toBeNull()
  expect(iccProfile(greyProfile('text', [0, 0]))!.grey).toBeNull()
})
