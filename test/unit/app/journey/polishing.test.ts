import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { longestPolish } from '../../../../client/app/journey/polishing.ts'
import type { Estimate, StepNews } from '../../../../client/app/messages.ts'
import { showsHead } from '../../../../client/app/result.ts'
import {
  captureWorker,
  connection,
  crash,
  finished,
  headOf,
  keptRuns,
  later,
  photo,
  refineWorker,
  reset,
  seen,
  settled,
  step,
  terminate,
} from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
const state = () => journey.store.state
const stage = () => journey.store.at('result')!
const polish = () => state().polish?.at ?? null

/** Everywhere the same. */
const estimateOf = (seconds: number) => {
  const sizes = { 256: seconds, 512: seconds, 1024: seconds }
  return { draft: sizes, standard: sizes } as Estimate
}

async function rest() {
  for (let i = 0; i < 12; i++) await settled()
}

beforeEach(() => {
  reset()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  connection(false)
  refineWorker.getReady.mockImplementation(async () => estimateOf(60))
  journey = new Journey()
})

async function open(name = 'me.png') {
  await journey.finding.choosePhoto([photo(name)])
  await rest()
}

/** A photo whose polish has taken its first step, and whose second one the test ends. */
async function begin() {
  const second = later<StepNews>()
  refineWorker.next.mockResolvedValueOnce(step(0.25)).mockReturnValueOnce(second.promise)
  await open()
  expect(polish()).toBe('making')
  return second
}

/** The same, up to a finer texture that waits. */
async function beginAndMake(before: () => void) {
  const second = await begin()
  before()
  second.resolve(finished())
  await rest()
  expect(polish()).toBe('made')
}

describe('begins', () => {
  test('of itself where the photo leaves something to make, at the size that is shown, and keeps no run', async () => {
    await begin()
    expect(journey.store.at('result')!.result.refined.optimised).toBe(false)
    expect(refineWorker.start.mock.lastCall![0]).toMatchObject({ preset: 'draft', keep: null, unseen: true })
    expect(captureWorker.capture.mock.lastCall![0].size).toBe(stage().result.refined.size)
    expect(state()).toMatchObject({ work: null, error: null, notice: null })
    expect(state().polish).toMatchObject({ secondsLeft: 10 })
    expect(keptRuns.keepRun).not.toHaveBeenCalled()
  })

  test('not where there is nothing to make: then nothing is fetched either', async () => {
    captureWorker.capture.mockResolvedValue(seen({ quality: { ...seen().quality, none: 0 } }))
    await open()
    expect(polish()).toBeNull()
    expect(refineWorker.getReady).not.toHaveBeenCalled()
    expect(refineWorker.warmUp).not.toHaveBeenCalledWith({ fetching: true })
  })

  test('with what was fetched and started while the head was being made', async () => {
    const making = later<Awaited<ReturnType<typeof captureWorker.head>>>()
    captureWorker.head.mockReturnValueOnce(making.promise)
    void open()
    await rest()
    expect(refineWorker.warmUp).toHaveBeenLastCalledWith({ fetching: true })
    expect(refineWorker.getReady).not.toHaveBeenCalled()
    making.resolve(headOf(captureWorker.head.mock.lastCall![0]))
    await rest()
    expect(refineWorker.getReady).toHaveBeenCalledOnce()
  })

  test.each([
    ['data is to be saved', true, '4g'],
    ['the line is slow', false, '2g'],
    ['it is slower still', false, 'slow-2g'],
  ])('not where %s', async (_, saveData, effectiveType) => {
    connection(saveData, effectiveType)
    await open()
    expect(refineWorker.getReady).not.toHaveBeenCalled()
    expect(refineWorker.warmUp).not.toHaveBeenCalled()
    expect(polish()).toBeNull()
  })

  test.each([
    [longestPolish + 1, 0],
    [longestPolish, 1],
  ])('where it would take %d s: %d times', async (seconds, times) => {
    refineWorker.getReady.mockImplementation(async () => estimateOf(seconds))
    await open()
    expect(refineWorker.start).toHaveBeenCalledTimes(times)
    // It is not asked for again and again.
    expect(refineWorker.getReady).toHaveBeenCalledTimes(1)
  })

  test('not where this device’s speed cannot be had, and not again', async () => {
    refineWorker.getReady.mockRejectedValue(new Error('no network'))
    await open()
    journey.store.tell()
    await rest()
    expect(refineWorker.getReady).toHaveBeenCalledTimes(1)
    expect(state()).toMatchObject({ polish: null, error: null })
  })

  test('for the next photo too where the device’s speed is still being found out for the one before', async () => {
    const told = later<Estimate>()
    refineWorker.getReady.mockReturnValue(told.promise)
    await open()
    refineWorker.next.mockReturnValueOnce(later<StepNews>().promise)
    await open('other.png')
    expect(polish()).toBe('preparing')
    told.resolve(estimateOf(60))
    await rest()
    expect(polish()).toBe('making')
  })

  test('not while a run that was left is offered; then when that is discarded', async () => {
    await begin()
    journey.polishing.stop()
    const offered = journey.finding.choosePhoto([photo('other.png')])
    await offered
    // Set by Back from a run, which the photo that is opened takes away.
    journey.visit('found')
    journey.store.set({ kept: { run: {}, fraction: 0.5 } as never })
    await journey.visit('result')
    await rest()
    expect(polish()).toBeNull()
    await journey.refining.discardKept()
    await rest()
    expect(polish()).toBe('making')
  })
})

describe('the finer texture', () => {
  test('takes the place of the one at once, on the shelf as well, with its view and its light', async () => {
    const second = await begin()
    const { result: before } = stage()
    const card = journey.shelf.cardOf(before)!
    journey.results.showView('side')
    journey.results.lightFrom(30)
    second.resolve(finished())
    await rest()
    expect(stage()).toMatchObject({ view: 'side', subject: { light: 30 } })
    expect(stage().result).toMatchObject({ refined: { optimised: true }, head: {} })
    expect(stage().subject).toMatchObject({ results: [stage().result], shown: stage().result })
    expect(state().shelf.cards.map(({ id }) => id)).toEqual([card.id])
    expect(journey.shelf.idOf(stage().result)).toBe(card.id)
    expect(polish()).toBeNull()
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    await rest()
    expect(refineWorker.start).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['a dialog', () => journey.results.openDialog('download'), () => journey.results.openDialog(null)],
    ['the menu of hair', () => journey.hairLooks.open(true), () => journey.hairLooks.open(false)],
    ['a comparison', () => journey.results.compare('photo'), () => journey.results.compare(null)],
    ['the evidence', () => journey.results.showEvidence(true), () => journey.results.showEvidence(false)],
    ['a hand that turns it', () => {}, () => {}],
  ])('waits for %s', async (what, opens, closes) => {
    const isHand = what.startsWith('a hand')
    const second = await begin()
    const { result } = stage()
    opens()
    second.resolve(finished())
    // The hand comes when the last step is taken: before, none would be asked for.
    if (isHand) journey.results.hold(true)
    await rest()
    expect([stage().result, polish()]).toEqual([result, 'made'])
    closes()
    if (isHand) journey.results.hold(false)
    await rest()
    expect(stage().result.refined.optimised).toBe(true)
  })

  test('is not worked on while a hand turns the head', async () => {
    const second = await begin()
    journey.results.hold(true)
    second.resolve(step(0.5))
    await rest()
    expect(refineWorker.next).toHaveBeenCalledTimes(2)
    journey.results.hold(false)
    await rest()
    expect(refineWorker.next).toHaveBeenCalledTimes(3)
  })

  test('has the hair, the bust and the cover that were chosen meanwhile', async () => {
    await beginAndMake(() => journey.hairLooks.open(true))
    journey.heads.choose({ hair: 'long01', bust: false })
    await rest()
    journey.hairLooks.open(false)
    await rest()
    expect(stage().result).toMatchObject({
      refined: { optimised: true },
      head: { choice: 'long01', bust: false },
    })
    // What was chosen before can still be taken back.
    journey.changes.undo()
    await rest()
    expect(stage().result).toMatchObject({
      refined: { optimised: true },
      head: { choice: 'auto', bust: true },
    })
    await open('other.png')
    const second = later<StepNews>()
    refineWorker.next.mockReturnValueOnce(second.promise)
    await open('third.png')
    journey.heads.show('face')
    second.resolve(finished())
    await rest()
    expect(stage().result.refined.optimised).toBe(true)
    expect(showsHead(stage().result)).toBe(false)
  })

  test('is made anew where other hair is chosen while its head is being made', async () => {
    const second = await begin()
    const making = later<ReturnType<typeof headOf>>()
    captureWorker.head.mockReturnValueOnce(making.promise)
    second.resolve(finished())
    await rest()
    journey.heads.choose({ hair: 'short02' })
    making.resolve(headOf({ hair: 'auto', bust: true, expression: 'photo' }))
    await rest()
    expect(stage().result).toMatchObject({ refined: { optimised: true }, head: { choice: 'short02' } })
  })

  test('leaves what was shared where it is, with the means to delete it', async () => {
    const second = await begin()
    const { result } = stage()
    result.shared = { link: 'https://example.org/r/1' } as never
    second.resolve(finished())
    await rest()
    expect(stage().subject.results).toEqual([result, stage().result])
    expect(journey.shelf.idOf(result)).not.toBeNull()
    expect(state().shelf.cards).toHaveLength(2)
  })
})

describe('is ended', () => {
  test('by Stop, for this photo for good', async () => {
    const second = await begin()
    const { result } = stage()
    journey.polishing.stop()
    await rest()
    expect([stage().result, polish()]).toEqual([result, null])
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    second.resolve(finished())
    await rest()
    expect(stage().result).toBe(result)
    journey.visit('found')
    journey.painting.paint({ radius: 1, points: [1, 1] })
    await journey.refining.show()
    await rest()
    expect(refineWorker.start).toHaveBeenCalledTimes(1)
    await open('other.png')
    expect(refineWorker.start).toHaveBeenCalledTimes(2)
  })

  test.each<[string, () => unknown]>([
    ['a run that is asked for', () => void journey.refining.refine()],
    ['the brush', () => journey.visit('found')],
    [
      'a new photo',
      () => {
        captureWorker.open.mockReturnValueOnce(new Promise(() => {}))
        void journey.finding.choosePhoto([photo('other.png')])
      },
    ],
    ['starting over', () => journey.startOver()],
    ['the camera', () => journey.camera.open()],
  ])('by %s, which frees the device', async (_, act) => {
    const second = await begin()
    act()
    await settled()
    expect(refineWorker.stop).toHaveBeenCalledTimes(1)
    expect(terminate.refine).toHaveBeenCalledTimes(1)
    expect(polish()).toBeNull()
    const { name } = state().stage
    second.resolve(finished())
    await settled()
    expect(state().stage.name).toBe(name)
    expect(state().error).toBeNull()
  })

  test('by another face of the shelf', async () => {
    await open('before.png')
    journey.polishing.stop()
    const id = journey.shelf.idOf(stage().result)!
    await begin()
    await journey.shelf.open(id)
    await rest()
    expect(journey.shelf.idOf(stage().result)).toBe(id)
    expect([polish(), refineWorker.stop.mock.calls.length]).toEqual([null, 2])
  })

  test('not by other hair', async () => {
    const second = await begin()
    journey.heads.choose({ hair: 'long01' })
    await rest()
    expect([polish(), refineWorker.stop.mock.calls.length]).toEqual(['making', 0])
    second.resolve(finished())
    await rest()
    expect(stage().result).toMatchObject({ refined: { optimised: true }, head: { choice: 'long01' } })
  })

  test('by the way to the photo, and begins anew on the way back', async () => {
    await begin()
    journey.visit('found')
    await rest()
    expect(polish()).toBeNull()
    await journey.visit('result')
    await rest()
    expect(polish()).toBe('making')
    expect(refineWorker.start).toHaveBeenCalledTimes(2)
  })

  test('not anew for what was painted or chosen meanwhile and not made', async () => {
    await begin()
    journey.visit('found')
    journey.painting.paint({ radius: 1, points: [1, 1] })
    await journey.visit('result')
    await rest()
    expect(polish()).toBeNull()
  })
})

describe('what fails', () => {
  test.each<[string, (second: PromiseWithResolvers<StepNews>) => void]>([
    ['a step', (second) => second.reject(new Error('the device is lost'))],
    ['the worker', () => crash.refine(new Error('out of memory'))],
    [
      'the head',
      (second) => {
        captureWorker.head.mockRejectedValue(new Error('no network'))
        second.resolve(finished())
      },
    ],
  ])('%s: the result at once stays, nobody is told, and it is not tried again', async (_, fails) => {
    const second = await begin()
    const { result } = stage()
    fails(second)
    await rest()
    expect(state()).toMatchObject({ polish: null, error: null, notice: null, work: null, transfer: null })
    expect(stage().result).toBe(result)
    expect(console.warn).toHaveBeenCalled()
    expect(refineWorker.start).toHaveBeenCalledTimes(1)
  })

  test('not where it is the capture’s worker, which has given all that it had', async () => {
    const second = await begin()
    crash.capture(new Error('out of memory'))
    second.resolve(finished())
    await rest()
    expect(stage().result).toMatchObject({ refined: { optimised: true } })
  })

  test('a run that is asked for tells it as ever', async () => {
    const second = await begin()
    second.reject(new Error('the device is lost'))
    await rest()
    refineWorker.next.mockRejectedValueOnce(new Error('the device is lost again'))
    await journey.refining.refine()
    expect(state().error?.words).toContain('lost again')
    expect(state().stage.name).toBe('result')
  })
})

test('the time is told in whole seconds, not at every step', async () => {
  const second = later<StepNews>()
  const near = (secondsLeft: number): StepNews => {
    const news = step(0.5)
    return news.finished ? news : { ...news, progress: { ...news.progress, secondsLeft } }
  }
  refineWorker.next
    .mockResolvedValueOnce(near(9.9))
    .mockResolvedValueOnce(near(9.8))
    .mockResolvedValueOnce(near(9.7))
    .mockReturnValueOnce(second.promise)
  const told: (number | null)[] = []
  journey.store.subscribe(() => {
    const now = state().polish
    if (now?.at === 'making' && now.secondsLeft !== told.at(-1)) told.push(now.secondsLeft)
  })
  await open()
  expect(told).toEqual([60, 9.9])
})
