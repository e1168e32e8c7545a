import { expect, test } from 'vitest'
import { assertOfRun, type Checkpoint } from '../../../client/refine/checkpoint.ts'

const run = { preset: 'draft', size: 2, seed: 3 }
const schedule = {
  rounds: 2,
  scales: [
    { divisor: 2, steps: 4 },
    { divisor: 1, steps: 5 },
  ],
}
const checkpoint: Checkpoint = {
  ...run,
  provider: 'node',
  ...{ round: 1, scaleIndex: 1, step: 2, taken: 6 },
  random: { scale: 1, step: 2 },
  content: new Float32Array(12).fill(0.5),
  unknowns: {},
  ...{ steps: [], secondsPerScale: [], seconds: 1 },
}

test('a place in the run is taken', () => {
  expect(() => assertOfRun(checkpoint, run, schedule)).not.toThrow()
})

test('one of another run says how', () => {
  expect(() => assertOfRun(checkpoint, { ...run, seed: 4 }, schedule)).toThrow(
    'The checkpoint is of a run with seed 3, and this one has 4: begin anew without it.',
  )
})

test.each<[string, Partial<Checkpoint>]>([
  ['a round that there is not', { round: 2 }],
  ['a step that there is not', { step: 5, taken: 9 }],
  ['another count of steps than its place has', { taken: 7 }],
  ['a texture of another size', { content: new Float32Array(11).fill(0.5) }],
  ['a texture of NaN', { content: new Float32Array(12).fill(Number.NaN) }],
  ['a texture of zeros', { content: new Float32Array(12) }],
])('%s is damage', (_, change) => {
  expect(() => assertOfRun({ ...checkpoint, ...change }, run, schedule)).toThrow(
    expect.objectContaining({ name: 'RefinementError', code: 'bad-checkpoint' }),
  )
})
