import { expect, test } from 'vitest'
import { SecondsLeft } from '../../../client/app/seconds-left.ts'

const at = (secondsElapsed: number, secondsLeft: number) => ({
  secondsElapsed,
  secondsLeft,
  fraction: secondsElapsed / (secondsElapsed + secondsLeft),
})

test('begins with the estimate, falls with the run and never rises', () => {
  const left = new SecondsLeft(60)
  expect(left.told).toEqual({ secondsLeft: 60, late: false })
  left.hear(at(10, 55))
  left.hear(at(20, 58))
  expect(left.told).toEqual({ secondsLeft: 55, late: false })
  left.hear(at(40, 30))
  expect(left.told).toEqual({ secondsLeft: 30, late: false })
})

test('without an estimate nothing is told before the run has warmed up', () => {
  const left = new SecondsLeft(null)
  left.hear(at(2, 500))
  expect(left.told).toEqual({ secondsLeft: null, late: false })
  left.hear(at(10, 90))
  expect(left.told).toEqual({ secondsLeft: 90, late: false })
})

test('where it takes far longer than was told, that is said instead of a number', () => {
  const left = new SecondsLeft(20)
  left.hear(at(20, 60))
  expect(left.told).toEqual({ secondsLeft: 20, late: true })
  left.hear(at(60, 15))
  expect(left.told).toEqual({ secondsLeft: 15, late: false })
})
