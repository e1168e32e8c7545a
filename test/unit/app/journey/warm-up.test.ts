import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { captureWorker, connection, later, photo, refineWorker, reset } from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
/** Whether an earlier visit left something here. */
let kept: boolean

beforeEach(() => {
  reset()
  connection(false)
  kept = true
  vi.stubGlobal('caches', { has: async () => kept })
  journey = new Journey()
})

test('a page that has been here before starts what the first photo takes, and nothing else', async () => {
  await journey.warmUp()
  expect(captureWorker.warmUp).toHaveBeenCalledOnce()
  expect(captureWorker.fetchFiles).not.toHaveBeenCalled()
  expect(refineWorker.warmUp).not.toHaveBeenCalled()
})

test.each([
  ['the first visit', () => (kept = false)],
  ['a visitor who saves data', () => connection(true)],
  ['a window without storage', () => vi.stubGlobal('caches', undefined)],
])('%s starts nothing', async (_, arrange) => {
  arrange()
  await journey.warmUp()
  expect(captureWorker.warmUp).not.toHaveBeenCalled()
})

test('what computes is started while the photo is looked at, and its failure is not told', async () => {
  const opening = later<{ width: number; height: number; greyscale: boolean }>()
  captureWorker.open.mockReturnValue(opening.promise)
  refineWorker.warmUp.mockRejectedValue(new Error('no'))
  const opened = journey.finding.choosePhoto([photo()])
  expect(refineWorker.warmUp).toHaveBeenCalledOnce()
  opening.resolve({ width: 100, height: 100, greyscale: false })
  await opened
  expect(journey.store.state.error).toBeNull()
})
