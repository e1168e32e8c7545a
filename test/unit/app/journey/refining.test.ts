import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { Estimate, StepNews } from '../../../../client/app/messages.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import { WorkerError } from '../../../../client/app/worker-life.ts'
import { RefinementError } from '../../../../client/refine/refinement-error.ts'
import { defaultSeed } from '../../../../client/run/choices.ts'
import { DeviceLostError } from '../../../../client/runtime/runtime.ts'
import {
  atOnce,
  captureWorker,
  crash,
  face,
  finished,
  instantRun,
  keptRuns,
  later,
  otherFace,
  photo,
  place,
  refineWorker,
  reset,
  seen,
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
  // The look, and the head that it is shown as.
  captureWorker.capture.mockClear()
})

/** Begins a run whose first step is taken, and whose second one the test ends. */
const begin = () => beginWith(() => journey.refining.refine())

async function beginWith(way: () => Promise<void>) {
  const second = later<StepNews>()
  refineWorker.next.mockResolvedValueOnce(step(0.25)).mockReturnValueOnce(second.promise)
  const refining = way()
  await settled()
  expect(journey.store.at('refining')?.run.progress?.fraction).toBe(0.25)
  return { refining, second }
}

describe('in an instant', () => {
  test('a photo becomes a result without a step, at the size that its face is worth, and keeps no run', async () => {
    const { subject, result } = journey.store.at('result')!
    expect(instantRun.start.mock.lastCall![0]).toEqual({ preset: 'instant', seed: defaultSeed, keep: null })
    expect(result).toMatchObject({ refined: { preset: 'instant', optimised: false }, head: {} })
    expect(subject).toMatchObject({ results: [result], shown: result })
    await settled()
    expect(state().shelf.cards).toEqual([journey.shelf.cardOf(result)])
    expect(state()).toMatchObject({ work: null, transfer: null, doing: null })
    expect(keptRuns.keepRun).not.toHaveBeenCalled()
    for (const [width, size] of [
      [129, 256],
      [130, 512],
      [300, 1024],
    ]) {
      captureWorker.findFaces.mockResolvedValueOnce([{ ...face, width }])
      await journey.finding.choosePhoto([photo()])
      const [first, second] = captureWorker.capture.mock.calls.slice(-2)
      expect(second[0], `${width} px`).toMatchObject({ size })
      // The worker does not measure the same twice in a row.
      expect(first[0]).toEqual(second[0])
    }
  })

  test('what computes gets ready when a finer run is looked at, once, and where there is something to make', async () => {
    expect(refineWorker.getReady).not.toHaveBeenCalled()
    const told = later<Estimate>()
    refineWorker.getReady.mockReturnValueOnce(told.promise)
    void journey.refining.getReady()
    const ready = journey.refining.getReady()
    expect(refineWorker.getReady).toHaveBeenCalledTimes(1)
    const estimate = { draft: { 256: 10 } } as Estimate
    told.resolve(estimate)
    await ready
    await settled()
    expect(state()).toMatchObject({ estimate, transfer: null, doing: null })
    journey.store.set({ estimate: null })
    captureWorker.capture.mockResolvedValue(seen({ quality: { ...seen().quality, none: 0 } }))
    await journey.finding.choosePhoto([photo()])
    await journey.refining.getReady()
    expect(refineWorker.getReady).toHaveBeenCalledTimes(1)
  })

  test('what was painted is shown in the place of what was shown before it', async () => {
    const [before] = journey.store.at('result')!.subject.results
    journey.visit('found')
    const stroke = { radius: 1, points: [1, 1] }
    journey.painting.paint(stroke)
    await journey.refining.show()
    const { subject, result } = journey.store.at('result')!
    expect(result).not.toBe(before)
    expect(subject).toMatchObject({ results: [result], strokes: [stroke] })
    expect(subject.results).not.toContain(before)
  })

  test('another face is shown beside the one before', async () => {
    const { subject } = journey.store.at('result')!
    journey.visit('found')
    const crop = { ...seen().crop, left: 60 }
    captureWorker.capture.mockImplementation(async () => seen({ crop }))
    await journey.finding.chooseFace(otherFace)
    expect(state()).toMatchObject({ stage: { name: 'found' }, work: null })
    await journey.refining.show()
    const { subject: now, result } = journey.store.at('result')!
    expect(now.results).toEqual([...subject.results, result])
    expect(now.faces.chosen).toBe(otherFace)
  })

  test('that fails leaves the photo with one sentence, from which it is tried again', async () => {
    instantRun.next.mockRejectedValueOnce(new Error('out of memory'))
    await journey.finding.choosePhoto([photo('other.png')])
    expect(state()).toMatchObject({
      stage: { name: 'found', subject: { photo: { name: 'other.png' } } },
      work: null,
    })
    expect(state().error!.words).toContain('out of memory')
    await journey.refining.show()
    expect(state()).toMatchObject({ stage: { name: 'result' }, error: null })
  })

  test('that is left for another photo shows nothing', async () => {
    const slow = later<StepNews>()
    instantRun.next.mockReturnValueOnce(slow.promise)
    const first = journey.finding.choosePhoto([photo('first.png')])
    for (let i = 0; i < 5; i++) await settled()
    await journey.finding.choosePhoto([photo('second.png')])
    await first
    const { stage } = state()
    slow.resolve(atOnce())
    await settled()
    expect(state().stage).toBe(stage)
    expect(stage).toMatchObject({ name: 'result', subject: { photo: { name: 'second.png' } } })
  })
})

test('a run goes from the photo to a result that is shown and kept', async () => {
  const [instant] = journey.store.at('result')!.subject.results
  const { refining, second } = await begin()
  second.resolve(finished())
  await refining
  const { subject, result } = journey.store.at('result')!
  expect(subject.results).toEqual([instant, result])
  expect(subject.shown).toBe(result)
  await settled()
  expect(state().shelf.cards).toEqual([journey.shelf.cardOf(result)])
  expect(refineWorker.stop).toHaveBeenCalledTimes(1)
  expect(place.forget).toHaveBeenCalledTimes(1)
})

test('the turn of a finished run ends nothing more: the worker that is made ready for the next one stays', async () => {
  const { refining, second } = await begin()
  second.resolve(finished())
  await refining
  refineWorker.getReady.mockResolvedValueOnce({ draft: { 256: 10 } } as Estimate)
  await journey.refining.getReady()
  expect(refineWorker.getReady).toHaveBeenCalledTimes(1)
  await journey.finding.choosePhoto([photo('other.png')])
  expect(refineWorker.stop).toHaveBeenCalledTimes(1)
  expect(place.forget).toHaveBeenCalledTimes(1)
})

test('a worker that could not get ready is not the next run’s', async () => {
  await journey.refining.getReady()
  expect(refineWorker.stop).toHaveBeenCalledTimes(1)
  const { refining, second } = await begin()
  second.resolve(finished())
  await refining
  expect(journey.store.at('result')!.result.refined.optimised).toBe(true)
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
    const { subject, result } = journey.store.at('result')!
    await settled()
    const { cards } = state().shelf
    const { refining, second } = await begin()
    journey.refining.cancel()
    expect(journey.store.at('result')).toMatchObject({ subject, result })
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    await refining
    expect(place.forget).toHaveBeenCalledTimes(1)
    expect(state().kept).toBeNull()
    const before = state().stage
    second.resolve(finished())
    await settled()
    expect(state().stage).toBe(before)
    expect(state().shelf.cards).toEqual(cards)
  })

  test('by Cancel leads back to the photo where it was begun there', async () => {
    journey.visit('found')
    const { refining } = await begin()
    journey.refining.cancel()
    await refining
    expect(journey.store.at('found')!.seen).not.toBeNull()
  })

  test('by Cancel while it is paused stops as well', async () => {
    const { refining, second } = await begin()
    journey.refining.pause()
    second.resolve(step(0.5))
    await settled()
    journey.refining.cancel()
    await refining
    expect(refineWorker.next).toHaveBeenCalledTimes(2)
    expect(name()).toBe('result')
  })

  test('by Back is set aside: its place is free and what was kept is offered', async () => {
    const { refining } = await begin()
    const kept = { run: { name: 'me.png' }, fraction: 0.25 }
    keptRuns.keptRun.mockResolvedValue(kept)
    expect(await journey.visit('result')).toBe(true)
    await refining
    await settled()
    expect(name()).toBe('result')
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    expect(place.release).toHaveBeenCalledTimes(1)
    expect(place.forget).not.toHaveBeenCalled()
    expect(state().kept).toBe(kept)
    await begin()
    // The new run has its place.
    expect(state().kept).toBeNull()
  })

  test.each(['found', 'photo'] as const)('by Back to %s is set aside as well', async (where) => {
    const { refining } = await begin()
    const kept = { run: { name: 'me.png' }, fraction: 0.25 }
    keptRuns.keptRun.mockResolvedValue(kept)
    expect(await journey.visit(where)).toBe(true)
    await refining
    await settled()
    expect([name(), state().kept]).toEqual([where, kept])
    expect(place.forget).not.toHaveBeenCalled()
  })

  test('while its face is measured never starts', async () => {
    captureWorker.capture.mockReturnValueOnce(new Promise(() => {}))
    const refining = journey.refining.refine()
    await settled()
    journey.refining.cancel()
    await refining
    expect(refineWorker.start).not.toHaveBeenCalled()
    expect(place.forget).toHaveBeenCalledTimes(1)
  })

  test('while it takes its place is forgotten as soon as it has it', async () => {
    const taking = later<typeof place>()
    keptRuns.keepRun.mockReturnValueOnce(taking.promise)
    const refining = journey.refining.refine()
    await settled()
    journey.refining.cancel()
    taking.resolve(place)
    await refining
    await settled()
    expect(place.forget).toHaveBeenCalledTimes(1)
    expect(refineWorker.start).not.toHaveBeenCalled()
  })
})

test('a run that fails leads back to the result that it was begun from, and says why', async () => {
  const { subject, result } = journey.store.at('result')!
  const { refining, second } = await begin()
  second.reject(new RefinementError('diverged', 'It diverged.', null, { step: 1, steps: 2, scale: 128 }))
  await refining
  expect(journey.store.at('result')).toMatchObject({ subject, result })
  expect(state().error?.fault).toBe('diverged')
})

/** What is kept of the run that {@link begin} begins. */
const keptOf = () => ({ id: 'id', run: keptRuns.keepRun.mock.lastCall![0], checkpoint: null, fraction: 0 })

describe('whatever a run fails of, it is kept, left for others, offered, and goes on', () => {
  test.each<[string, (second: PromiseWithResolvers<StepNews>) => void]>([
    ['the third lost device', (second) => second.reject(new DeviceLostError('lost'))],
    ['numbers that are none', (second) => second.reject(new RefinementError('garbled', 'Garbled.'))],
    ['a worker that throws or ends', () => crash.refine(new WorkerError('worker-ended', 'Ended.'))],
  ])('%s', async (_, fails) => {
    const { refining, second } = await begin()
    const kept = keptOf()
    keptRuns.keptRun.mockResolvedValue(kept)
    fails(second)
    await refining
    expect(state()).toMatchObject({ kept, error: {}, stage: { name: 'result' } })
    expect(place.release).toHaveBeenCalledTimes(1)
    expect(place.forget).not.toHaveBeenCalled()
    expect(keptRuns.forgetRun).not.toHaveBeenCalled()
    refineWorker.next.mockResolvedValueOnce(finished())
    await journey.refining.resumeKept()
    expect(keptRuns.keepRun.mock.lastCall![1]).toBe(kept)
    expect(journey.store.at('result')!.result.refined.optimised).toBe(true)
    expect(place.forget).toHaveBeenCalledTimes(1)
    expect(state()).toMatchObject({ kept: null, error: null })
  })

  test('a worker that dies while it is paused, once it goes on', async () => {
    const { refining, second } = await begin()
    journey.refining.pause()
    second.resolve(step(0.5))
    await settled()
    crash.refine(new WorkerError('worker-ended', 'Ended.'))
    const kept = keptOf()
    keptRuns.keptRun.mockResolvedValue(kept)
    journey.refining.resume()
    await refining
    expect(state()).toMatchObject({ kept, error: { fault: 'worker-ended' } })
    expect(place.forget).not.toHaveBeenCalled()
  })

  test.each<[string, () => void]>([
    ['a photo that cannot be opened', () => captureWorker.open.mockRejectedValueOnce(new Error('no'))],
    ['files that cannot be had', () => captureWorker.fetchFiles.mockRejectedValueOnce(new Error('no'))],
    ['a face that cannot be measured', () => captureWorker.capture.mockRejectedValueOnce(new Error('no'))],
    ['computing that does not start', () => refineWorker.start.mockRejectedValueOnce(new Error('no'))],
  ])('%s, when it was to go on', async (_, fail) => {
    const run = {
      photo: photo('kept.png'),
      name: 'kept.png',
      face,
      strokes: [],
      preset: 'draft',
      size: 256,
      seed: 0,
    }
    const kept = { id: 'id', run, checkpoint: { seconds: 1 }, fraction: 0.4 } as never
    // A page that has just been opened.
    journey = new Journey()
    journey.store.set({ kept })
    keptRuns.keptRun.mockResolvedValue(kept)
    fail()
    await journey.refining.resumeKept()
    expect(state()).toMatchObject({ kept, error: {}, work: null })
    expect(place.forget).not.toHaveBeenCalled()
    refineWorker.next.mockResolvedValueOnce(finished())
    await journey.refining.resumeKept()
    expect(name()).toBe('result')
    expect(state().error).toBeNull()
  })
})

test('a run of an earlier visit that led nowhere leaves its face, as the photo shows it, and the reason', async () => {
  const run = { photo: photo('kept.png'), name: 'kept.png', face, strokes: [], preset: 'draft', size: 256 }
  const kept = { id: 'id', run, checkpoint: null, fraction: 0 } as never
  journey = new Journey()
  journey.store.set({ kept })
  keptRuns.keptRun.mockResolvedValue(kept)
  refineWorker.next.mockRejectedValueOnce(new RefinementError('garbled', 'Garbled.'))
  await journey.refining.resumeKept()
  const { result } = journey.store.at('result')!
  expect(result).toMatchObject({ refined: { preset: 'instant' }, head: {} })
  expect(state()).toMatchObject({ kept, error: { fault: 'garbled', words: 'Garbled.' }, work: null })
})

test('a run whose checkpoint is damaged is kept without it', async () => {
  const { refining, second } = await begin()
  second.reject(new RefinementError('bad-checkpoint', 'Damaged.'))
  await refining
  expect(keptRuns.forgetCheckpoint).toHaveBeenCalledBefore(keptRuns.keptRun)
  expect(place.forget).not.toHaveBeenCalled()
})

/** A run of another photo, something of which was painted over. */
const paintedRun = (choices: { preset: string; size: number; seed: number }) => ({
  ...{ photo: photo('kept.png'), name: 'kept.png', face },
  strokes: [{ radius: 1, points: [1, 1] }],
  ...choices,
})

test('a run that had only begun begins again, with what was painted', async () => {
  const run = paintedRun({ preset: 'draft', size: 256, seed: 3 })
  journey.store.set({ kept: { id: 'id', run, checkpoint: null, fraction: 0 } as never })
  refineWorker.next.mockResolvedValueOnce(finished())
  await journey.refining.resumeKept()
  expect(refineWorker.start.mock.lastCall![0]).toEqual({
    preset: 'draft',
    seed: 3,
    from: undefined,
    keep: 'id',
  })
  expect(journey.store.at('result')!.subject.strokes).toEqual(run.strokes)
})

test('one that was begun from the photo leads back there, with what was painted', async () => {
  journey.visit('found')
  journey.painting.paint({ radius: 1, points: [1, 1] })
  const { refining, second } = await begin()
  second.reject(new RefinementError('diverged', 'It diverged.', null, { step: 1, steps: 2, scale: 128 }))
  await refining
  const found = journey.store.at('found')!
  expect(found.subject.strokes).toHaveLength(1)
  expect(found.seen).toBe(found.subject.looked)
  expect(state().error?.fault).toBe('diverged')
})

test('so does one whose worker dies, although its step never ends', async () => {
  journey.visit('found')
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
  const run = paintedRun({ preset: 'standard', size: 512, seed: 7 })
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
  expect(subject).toMatchObject({ photo: { name: 'kept.png' }, strokes: run.strokes })
  expect(result.seconds).toBeGreaterThan(100)
  expect(state()).toMatchObject({ kept: null, choices: { preset: 'standard', size: 512, seed: 7 } })
})

test('a kept run of the photo that is open goes on beside its results, over the one that is shown', async () => {
  const { subject, result } = journey.store.at('result')!
  const copy = photo(subject.photo!.name)
  const run = { photo: copy, name: copy.name, face, strokes: [], preset: 'draft', size: 256, seed: 0 }
  journey.store.set({ kept: { run, checkpoint: { seconds: 1 }, fraction: 0.4 } as never })
  const { second } = await beginWith(() => journey.refining.resumeKept())
  expect(journey.store.at('refining')).toMatchObject({ subject: { photo: subject.photo }, shown: result })
  second.resolve(finished())
  await settled()
  await settled()
  expect(journey.store.at('result')!.subject.results).toHaveLength(2)
  expect(journey.store.at('result')!.subject.results[0]).toBe(result)
  expect(captureWorker.open).toHaveBeenCalledTimes(1)
})
