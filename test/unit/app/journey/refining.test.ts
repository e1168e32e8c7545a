import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { StepNews } from '../../../../client/app/messages.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import { RefinementError } from '../../../../client/refine/refinement-error.ts'
import {
  captureWorker,
  crash,
  face,
  finished,
  keptRuns,
  later,
  photo,
  place,
  refineWorker,
  reset,
  settled,
  step,
} from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
const state = () => journey.store.state
const name = () => state().stage.name

beforeEach(async () => {
  reset()
  journey = new Journey()
  await journey.finding.choosePhoto([photo()])
})

/** Begins a run whose first step is taken, and whose second one the test ends. */
async function begin() {
  const second = later<StepNews>()
  refineWorker.next.mockResolvedValueOnce(step(0.25)).mockReturnValueOnce(second.promise)
  const refining = journey.refining.refine()
  await settled()
  expect(journey.store.at('refining')?.run.progress?.fraction).toBe(0.25)
  return { refining, second }
}

test('a run goes from the photo to a result that is shown and kept', async () => {
  const { refining, second } = await begin()
  second.resolve(finished())
  await refining
  const { subject, result } = journey.store.at('result')!
  expect(subject.results).toEqual([result])
  expect(subject.shown).toBe(result)
  expect(state().last).toMatchObject({ face, results: [result], preset: 'draft' })
  expect(refineWorker.stop).toHaveBeenCalledTimes(1)
  expect(place.release).toHaveBeenCalledTimes(1)
  expect(keptRuns.forgetRun).toHaveBeenCalledTimes(1)
})

test('the turn of a finished run ends nothing more: the worker that is made ready for the next one stays', async () => {
  const { refining, second } = await begin()
  second.resolve(finished())
  await refining
  journey.finding.showPhoto(journey.store.at('result')!.subject)
  expect(refineWorker.getReady).toHaveBeenCalledTimes(2)
  await journey.finding.choosePhoto([photo('other.png')])
  expect(refineWorker.stop).toHaveBeenCalledTimes(1)
  expect(keptRuns.forgetRun).toHaveBeenCalledTimes(1)
})

test('a pause asks for no step, going on does', async () => {
  const { second } = await begin()
  journey.refining.pause()
  second.resolve(step(0.5))
  await settled()
  expect(refineWorker.next).toHaveBeenCalledTimes(2)
  expect(journey.store.at('refining')!.run).toMatchObject({ paused: true, progress: { fraction: 0.5 } })
  journey.refining.resume()
  await settled()
  expect(refineWorker.next).toHaveBeenCalledTimes(3)
})

describe('a run that is left', () => {
  test('by Cancel stops at once and is forgotten; a step that comes too late changes nothing', async () => {
    const { refining, second } = await begin()
    journey.refining.cancel()
    expect(name()).toBe('found')
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    await refining
    expect(place.release).toHaveBeenCalledTimes(1)
    expect(keptRuns.forgetRun).toHaveBeenCalledTimes(1)
    const before = state().stage
    second.resolve(finished())
    await settled()
    expect(state().stage).toBe(before)
    expect(state().last).toBeNull()
  })

  test('by Cancel while it is paused stops as well', async () => {
    const { refining, second } = await begin()
    journey.refining.pause()
    second.resolve(step(0.5))
    await settled()
    journey.refining.cancel()
    await refining
    expect(refineWorker.next).toHaveBeenCalledTimes(2)
    expect(name()).toBe('found')
  })

  test('by Back is set aside: its place is free and what was kept is offered', async () => {
    const { refining } = await begin()
    const kept = { run: { name: 'me.png' }, fraction: 0.25 }
    keptRuns.keptRun.mockResolvedValue(kept)
    expect(journey.visit('found')).toBe(true)
    await refining
    await settled()
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    expect(place.release).toHaveBeenCalledTimes(1)
    expect(keptRuns.forgetRun).not.toHaveBeenCalled()
    expect(state().kept).toBe(kept)
  })

  test('while its face is measured never starts', async () => {
    captureWorker.capture.mockReturnValueOnce(new Promise(() => {}))
    const refining = journey.refining.refine()
    await settled()
    journey.refining.cancel()
    await refining
    expect(refineWorker.start).not.toHaveBeenCalled()
    expect(keptRuns.keepRun).not.toHaveBeenCalled()
  })

  test('while it takes its place gives the place back', async () => {
    const taking = later<typeof place>()
    keptRuns.keepRun.mockReturnValueOnce(taking.promise)
    const refining = journey.refining.refine()
    await settled()
    journey.refining.cancel()
    taking.resolve(place)
    await refining
    expect(place.release).toHaveBeenCalledTimes(1)
    expect(refineWorker.start).not.toHaveBeenCalled()
  })
})

test('a run that fails leads back to the photo, with what was painted and why', async () => {
  journey.painting.paint({ radius: 1, points: [1, 1] })
  const { refining, second } = await begin()
  second.reject(new RefinementError('diverged', 'It diverged.', null, { step: 1, steps: 2, scale: 128 }))
  await refining
  const found = journey.store.at('found')!
  expect(found.subject.strokes).toHaveLength(1)
  expect(found.seen).toBe(found.subject.looked)
  expect(state().error?.fault).toBe('diverged')
  expect(keptRuns.forgetRun).toHaveBeenCalledTimes(1)
})

test('so does one whose worker dies, although its step never ends', async () => {
  const { refining } = await begin()
  crash.refine(new Error('out of memory'))
  await refining
  expect(name()).toBe('found')
  expect(state().error?.words).toContain('out of memory')
})

test('a photo that is given meanwhile waits', async () => {
  await begin()
  await journey.finding.choosePhoto([photo('other.png')])
  expect(name()).toBe('refining')
  expect(state().notice).toBe(texts().notices.busy)
  expect(captureWorker.open).toHaveBeenCalledTimes(1)
})

test('a kept run goes on from its checkpoint, with what it was begun with', async () => {
  const strokes = [{ radius: 1, points: [1, 1] }]
  const run = {
    photo: photo('kept.png'),
    name: 'kept.png',
    face,
    strokes,
    preset: 'standard',
    size: 512,
    seed: 7,
  }
  const checkpoint = { seconds: 100 }
  journey.store.set({ kept: { run, checkpoint, fraction: 0.4 } as never })
  refineWorker.next.mockResolvedValueOnce(finished())
  await journey.refining.resumeKept()
  expect(refineWorker.start.mock.lastCall![0]).toMatchObject({
    preset: 'standard',
    seed: 7,
    from: checkpoint,
  })
  const { subject, result } = journey.store.at('result')!
  expect(subject).toMatchObject({ photo: { name: 'kept.png' }, strokes })
  expect(result.seconds).toBeGreaterThan(100)
  expect(state()).toMatchObject({ kept: null, choices: { preset: 'standard', size: 512, seed: 7 } })
})
