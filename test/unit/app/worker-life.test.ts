import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { mostSecondsToStart, watchLife } from '../../../client/app/worker-life.ts'

class SilentWorker extends EventTarget {
  terminate = vi.fn()
  post(data: unknown) {
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watch() {
  const worker = new SilentWorker()
  const died = vi.fn()
  return { worker, died, end: watchLife(worker as never, { started() {}, died }) }
}

test('a worker whose script does not come is given up after the bound, and not before', () => {
  const { worker, died } = watch()
  vi.advanceTimersByTime(1000 * mostSecondsToStart - 1)
  expect(died).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(died.mock.calls[0][0]).toMatchObject({ name: 'WorkerError', code: 'worker-not-started' })
  expect(worker.terminate).toHaveBeenCalledTimes(1)
})

test.each([{ lock: null }])(
  'one that runs may take as long as it likes, also where there are no locks',
  (alive) => {
    const { worker, died } = watch()
    worker.post({ alive })
    vi.advanceTimersByTime(1e9)
    expect(died).not.toHaveBeenCalled()
  },
)

test('one that is ended is not told of, whatever it still does', () => {
  const { worker, died, end } = watch()
  end()
  worker.dispatchEvent(Object.assign(new Event('error'), { message: 'late' }))
  vi.advanceTimersByTime(1e9)
  expect(died).not.toHaveBeenCalled()
})
