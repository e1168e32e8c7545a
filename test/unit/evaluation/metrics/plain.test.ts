import { expect, it } from 'vitest'
import { random } from '../../../../client/image/random.ts'
import { asymmetry, seam, sharpness } from '../../../evaluation/metrics/plain.ts'

const size = 64
type Formula = (x: number, y: number) => number
const texels = (formula: Formula) =>
  Float32Array.from({ length: size * size }, (_, i) => formula(i % size, Math.floor(i / size)))
const grey = (formula: Formula) => {
  const values = texels(formula)
  return Float32Array.from({ length: 3 * size * size }, (_, i) => values[Math.floor(i / 3)])
}
/** The left half is seen. */
const half = {
  size,
  symmetric: true,
  coverage: new Uint8Array(size * size).fill(1),
  features: new Uint8Array(size * size),
  weight: texels((x) => (x < size / 2 ? 1 : 0)),
}
/** What ln(255 x + 8) brings back to `value`. */
const ofLog = (value: number) => (Math.exp(value) - 8) / 255
const stripes = (amplitude: number, x: number) => 4.5 + (x % 2 ? amplitude : -amplitude)

it('sharpness is the ratio of gradient energies', () => {
  // Steps of half the height on the unseen half have a quarter of the energy.
  const soft = grey((x) => ofLog(stripes(x < size / 2 ? 0.1 : 0.05, x)))
  expect(sharpness(soft, half)).toBeCloseTo(0.25, 3)
  expect(
    sharpness(
      grey((x) => ofLog(stripes(0.1, x))),
      half,
    ),
  ).toBeCloseTo(1, 3)
})

it('sharpness does not depend on the light', () => {
  const darker = grey((x) => ofLog(stripes(0.1, x) - (x < size / 2 ? 0 : 0.7)))
  expect(sharpness(darker, half)).toBeCloseTo(1, 3)
})

it('sharpness leaves out eyes, brows, lips and what is off the mesh', () => {
  const disturbed = grey((x, y) => (y < 10 ? (x % 2 ? 1 : 0) * (x > 40 ? 1 : 0) : ofLog(stripes(0.1, x))))
  expect(sharpness(disturbed, half)).toBeGreaterThan(2)
  const top = Uint8Array.from({ length: size * size }, (_, i) => (i < 10 * size ? 1 : 0))
  expect(sharpness(disturbed, { ...half, features: top })).toBeCloseTo(1, 3)
  const rest = top.map((value) => 1 - value)
  expect(sharpness(disturbed, { ...half, coverage: rest })).toBeCloseTo(1, 3)
})

it('sharpness needs both parts', () => {
  const texture = grey((x) => ofLog(stripes(0.1, x)))
  expect(sharpness(texture, { ...half, weight: texels(() => 1) })).toBeNull()
  expect(
    sharpness(
      grey(() => 0.5),
      half,
    ),
  ).toBeNull()
})

it('seam is the step over the usual step', () => {
  const { next } = random(1)
  const noise = texels(() => 0.02 * next())
  const level = (step: number) => grey((x, y) => 0.3 + noise[y * size + x] + (x < size / 2 ? 0 : step))
  expect(seam(level(0), half)).toBeGreaterThan(0.8)
  expect(seam(level(0), half)).toBeLessThan(1.2)
  // The mean step of uniform noise is a third of its range, 0.0067.
  expect(seam(level(0.1), half)).toBeGreaterThan(12)
  expect(seam(level(0.1), half)).toBeLessThan(18)
})

it('seam looks at the border only and compares along the same axis', () => {
  const ramp = (far: number) => grey((x) => 0.3 + 0.004 * x + (x > 50 ? far : 0))
  expect(seam(ramp(0), half)).toBeCloseTo(1, 4)
  expect(seam(ramp(0.2), half)).toBe(seam(ramp(0), half))
  expect(seam(ramp(0), { ...half, weight: texels(() => 1) })).toBeNull()
  expect(
    seam(
      grey(() => 0.5),
      half,
    ),
  ).toBeNull()
})

it('asymmetry is the mean left-right difference', () => {
  expect(
    asymmetry(
      grey((x) => Math.abs(x - 31.5) / size),
      half,
    ),
  ).toBe(0)
  const sides = grey((x) => (x < size / 2 ? 0.5 : 0.6))
  expect(asymmetry(sides, half)).toBeCloseTo(0.1, 6)
  expect(asymmetry(sides, { ...half, symmetric: false })).toBeNull()
})

it('asymmetry skips texels without a partner on the mesh', () => {
  const sides = grey((x, y) => (y < 32 ? 0.5 : x < size / 2 ? 0 : 1))
  const lowerLeftOnly = Uint8Array.from({ length: size * size }, (_, i) =>
    i < 32 * size || i % size < 32 ? 1 : 0,
  )
  expect(asymmetry(sides, { ...half, coverage: lowerLeftOnly })).toBe(0)
})
