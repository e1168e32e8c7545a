import { expect, test } from 'vitest'
import { OneEuro } from '../../../../client/app/puppet/one-euro.ts'
import { randomArray } from '../../../support/random.ts'

const options = { minCutoff: 1, beta: 2 }
const run = (values: ArrayLike<number>, filter = new OneEuro(options), rate = 30) =>
  Array.from(values, (value, i) => filter.next(value, i / rate))
const spread = (values: number[]) => Math.max(...values) - Math.min(...values)

test('begins at the first value, and a value that stays stays', () => {
  expect(run([3, 3, 3])).toEqual([3, 3, 3])
})

test('what trembles is stilled', () => {
  const noise = randomArray(300, 1, -0.02, 0.02)
  expect(spread(run(noise).slice(30))).toBeLessThan(0.5 * spread([...noise]))
})

test('what moves is not late: faster is followed sooner', () => {
  const lag = (speed: number) => {
    const ramp = Array.from({ length: 30 }, (_, i) => (speed * i) / 30)
    return (ramp[29] - run(ramp)[29]) / speed
  }
  expect(lag(5)).toBeLessThan(0.05)
  expect(lag(5)).toBeLessThan(lag(0.5))
})

test('without beta it is a first-order low pass', () => {
  const [, next] = run([0, 1], new OneEuro({ minCutoff: 2, beta: 0 }))
  // 1 / (1 + 1 / (2 pi fc dt))
  expect(next).toBeCloseTo(1 / (1 + 30 / (4 * Math.PI)), 6)
})

test('the same curve at another rate is followed alike', () => {
  const curve = (rate: number) => Array.from({ length: rate + 1 }, (_, i) => Math.sin((3 * i) / rate))
  const [slow, fast] = [15, 60].map((rate) => run(curve(rate), new OneEuro(options), rate).at(-1)!)
  expect(Math.abs(slow - fast)).toBeLessThan(0.05)
})
