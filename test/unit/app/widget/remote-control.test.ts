import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { RemoteControl } from '../../../../client/app/widget/remote-control.ts'
import { captureWorker, instantRun, photo, refineWorker, reset, settled } from '../journey/fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('../journey/fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('../journey/fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
let control: RemoteControl
const tell = vi.fn()
const name = () => journey.store.state.stage.name
const allSettled = async () => {
  for (let i = 0; i < 10; i++) await settled()
}

beforeEach(() => {
  reset()
  journey = new Journey()
  control = new RemoteControl(journey)
})

test('a photo that is given is shown as a head, and nothing is refined unless that is asked for', async () => {
  control.obey({ type: 'photo', photo: photo() }, tell)
  await allSettled()
  expect(name()).toBe('result')
  expect(refineWorker.start).not.toHaveBeenCalled()
  control.obey({ type: 'refine' }, tell)
  await allSettled()
  expect(name()).toBe('refining')
})

test('a refinement that is asked for at once waits for the head, and goes on from it', async () => {
  const stages: string[] = []
  journey.store.subscribe(() => stages.at(-1) !== name() && stages.push(name()))
  control.obey({ type: 'photo', photo: photo() }, tell)
  control.obey({ type: 'refine' }, tell)
  await allSettled()
  expect(stages).toEqual(['photo', 'found', 'result', 'refining'])
  expect([instantRun.start.mock.calls.length, refineWorker.start.mock.calls.length]).toEqual([1, 1])
  expect(journey.store.at('refining')!.shown?.refined.preset).toBe('instant')
  control.obey({ type: 'photo', photo: photo() }, tell)
  expect(tell).toHaveBeenCalledWith(expect.objectContaining({ type: 'error', code: 'busy' }))
  control.obey({ type: 'cancel' }, tell)
  expect(name()).toBe('result')
})

test('one that waits is forgotten where the photo comes to nothing', async () => {
  captureWorker.findFaces.mockRejectedValueOnce(new Error('no face'))
  control.obey({ type: 'photo', photo: photo() }, tell)
  control.obey({ type: 'refine' }, tell)
  await allSettled()
  control.obey({ type: 'photo', photo: photo() }, tell)
  await allSettled()
  expect(name()).toBe('result')
  expect(refineWorker.start).not.toHaveBeenCalled()
})
