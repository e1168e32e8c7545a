import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Stopwatch } from '../../../client/app/stopwatch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('each thing is counted anew, and nothing where nothing is under way', () => {
  const told: number[] = []
  const stopwatch = new Stopwatch((seconds) => told.push(seconds))
  stopwatch.time('a photo')
  vi.advanceTimersByTime(2100)
  stopwatch.time('a photo')
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([0, 1, 2, 3])
  stopwatch.time('a face')
  vi.advanceTimersByTime(1000)
  expect(told.slice(4)).toEqual([0, 1])
  stopwatch.time(null)
  vi.advanceTimersByTime(5000)
  expect(told.slice(6)).toEqual([0])
})

test('what pauses and goes on keeps its seconds', () => {
  const told: number[] = []
  const stopwatch = new Stopwatch((seconds) => told.push(seconds))
  stopwatch.time('run')
  vi.advanceTimersByTime(2000)
  stopwatch.time(null, true)
  vi.advanceTimersByTime(5000)
  stopwatch.time('run', true)
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([0, 1, 2, 3])
})
