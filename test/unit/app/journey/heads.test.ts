import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { subjectOf } from '../../../../client/app/journey/subject.ts'
import type { SeenHead } from '../../../../client/app/messages.ts'
import { showsHead } from '../../../../client/app/result.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import type { HairChoice } from '../../../../client/head/complete-head.ts'
import {
  captureWorker,
  crash,
  face,
  finished,
  headOf,
  later,
  otherFace,
  photo,
  refineWorker,
  reset,
  resultOfRun,
  seen,
  settled,
} from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
const stage = () => journey.store.at('result')!
const work = () => journey.heads.of(stage().result)
const asked = () => captureWorker.head.mock.calls.map(([{ hair }]) => hair)

const makes = (doubts?: SeenHead['doubts']) =>
  captureWorker.head.mockImplementation(async (choice) => headOf(choice, doubts))
const fails = (which: (hair: HairChoice) => boolean) =>
  captureWorker.head.mockImplementation(async (choice) => {
    if (which(choice.hair)) throw new Error('no network')
    return headOf(choice)
  })

const open = () => journey.finding.choosePhoto([photo()])

/** Another run of the face that is shown. */
async function refine() {
  refineWorker.next.mockResolvedValueOnce(finished())
  await journey.refining.refine()
}

/** A face that was kept without its head. */
async function showKept() {
  const result = resultOfRun()
  const file = photo('kept.png')
  const kept = { name: file.name, file, original: file, turns: 0, source: 'file' as const }
  const subject = subjectOf({ ...kept, width: 100, height: 100 })
  journey.shelf.keep({ ...subject, faces: { all: [face], chosen: face }, results: [result] })
  for (let i = 0; i < 3; i++) await settled()
  await journey.shelf.open(journey.shelf.idOf(result)!)
  await settled()
  return result
}

beforeEach(() => {
  reset()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  journey = new Journey()
})

test('a photo is shown once its head is made, which is kept with it', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  const opening = open()
  for (let i = 0; i < 3; i++) await settled()
  expect(journey.store.state.stage.name).toBe('found')
  expect(journey.store.state.work!.words).toBe(texts().work.head)
  const [request] = captureWorker.head.mock.lastCall!
  expect(request).toMatchObject({ of: { face, strokes: [], size: 512 }, hair: 'auto', bust: true })
  making.resolve(headOf({ hair: 'auto', bust: true, expression: 'photo' }))
  await opening
  expect(showsHead(stage().result)).toBe(true)
  expect(request.texture).toBe(stage().result.texture)
  expect(work()).toEqual({ making: null, next: null, error: null })
  for (let i = 0; i < 3; i++) await settled()
  expect(journey.shelf.cardOf(stage().result)).toMatchObject({ name: 'me', unkept: 'closed' })
})

test('a face that was kept without its head is shown at once, and gets it', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  const result = await showKept()
  expect(stage().result).toBe(result)
  expect(work().making).toEqual({ hair: 'auto', bust: true, expression: 'photo' })
  expect(showsHead(result)).toBe(false)
  making.resolve(headOf({ hair: 'auto', bust: true, expression: 'photo' }))
  await settled()
  expect(showsHead(result)).toBe(true)
})

test('a photo that carries no head shows the face; the head is one choice away and stays made', async () => {
  makes(['turned'])
  await open()
  expect(stage().result.cover).toBe('face')
  journey.heads.show('head')
  expect(showsHead(stage().result)).toBe(true)
  journey.heads.show('face')
  expect(showsHead(stage().result)).toBe(false)
  expect(asked()).toEqual(['auto'])
})

test('where the face alone is preferred, the head is made when it is asked for', async () => {
  makes()
  journey.heads.prefer('face', { hair: 'bob02', bust: false, expression: 'photo' })
  await open()
  expect(asked()).toEqual([])
  journey.heads.show('head')
  await settled()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'bob02', bust: false })
  expect(showsHead(stage().result)).toBe(true)
})

test('the bust can be done without: the hair stays, and other hair goes without it too', async () => {
  makes()
  await open()
  for (const choice of [{ hair: 'long01' }, { bust: false }, { hair: 'none' }] as const) {
    journey.heads.choose(choice)
    await settled()
  }
  const requests = captureWorker.head.mock.calls.map(([{ hair, bust }]) => [hair, bust])
  expect(requests).toEqual([
    ['auto', true],
    ['long01', true],
    ['long01', false],
    ['none', false],
  ])
  expect(journey.heads.chosen(stage().result)).toEqual({ hair: 'none', bust: false, expression: 'photo' })
})

test('what was chosen for a face is chosen for the next run of it, and for no other face', async () => {
  makes()
  await open()
  journey.heads.choose({ hair: 'long01', bust: false })
  await settled()
  await refine()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'long01', bust: false })
  journey.heads.show('face')
  await refine()
  expect(stage().result).toMatchObject({ cover: 'face' })
  expect(stage().result.head).toBeUndefined()
  journey.heads.show('head')
  await settled()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'long01', bust: false })
  const crop = { ...seen().crop, left: 60 }
  captureWorker.capture.mockImplementation(async () => seen({ crop }))
  await refine()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'auto', bust: true })
})

test('a face that is shown because the photo carries no head is asked about anew with the next run', async () => {
  makes(['turned'])
  await open()
  await refine()
  expect(asked()).toEqual(['auto', 'auto'])
  expect(stage().result).toMatchObject({ cover: 'face' })
})

test('what was said of a file dropped over the result is done with when something else is done', async () => {
  makes()
  await open()
  const said = () => journey.store.state.error
  const ways = [
    () => journey.heads.choose({ hair: 'none' }),
    () => journey.heads.show('face'),
    () => journey.hairLooks.open(true),
    () => journey.results.openDialog('download'),
  ]
  for (const way of ways) {
    captureWorker.open.mockRejectedValueOnce(new Error('no image'))
    await journey.finding.choosePhoto([photo('notes.txt')])
    expect(said()).not.toBeNull()
    way()
    expect(said()).toBeNull()
    await settled()
  }
})

test('a head that was kept before a bust could be done without has one', async () => {
  captureWorker.head.mockImplementation(async (choice) => ({ ...headOf(choice), bust: undefined }))
  await open()
  expect(stage().result.head!.bust).toBeUndefined()
  expect(journey.heads.chosen(stage().result)).toEqual({ hair: 'auto', bust: true, expression: 'photo' })
})

test('other hair takes the place of the hair before; of several choices in a row the last counts', async () => {
  makes()
  await open()
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  for (const hair of ['bob01', 'bob02', 'long01'] as const) journey.heads.choose({ hair })
  await settled()
  expect(work()).toMatchObject({ making: { hair: 'bob01' }, next: { hair: 'long01' } })
  making.resolve(headOf({ hair: 'bob01', bust: true, expression: 'photo' }))
  await settled()
  expect(asked()).toEqual(['auto', 'bob01', 'long01'])
  expect(stage().result.head!.choice).toBe('long01')
})

test('hair that cannot be had leaves the head as it is, and one sentence', async () => {
  makes()
  await open()
  const before = stage().result.head
  fails((hair) => hair === 'afro01')
  journey.heads.choose({ hair: 'afro01' })
  await settled()
  expect(stage().result.head).toBe(before)
  expect(work()).toEqual({ making: null, next: null, error: texts().head.hairMissing })
  journey.heads.choose({ hair: 'none' })
  await settled()
  expect(work().error).toBeNull()
  expect(stage().result.head!.choice).toBe('none')
})

test('the first head does without its strips where they cannot be had', async () => {
  fails((hair) => hair === 'auto')
  await open()
  expect(asked()).toEqual(['auto', 'photo'])
  expect(stage().result.head!.choice).toBe('photo')
  expect(work().error).toBe(texts().head.hairMissing)
})

test('a head that cannot be made at all leaves the face, and says so', async () => {
  fails(() => true)
  await open()
  expect(stage().result).toMatchObject({ cover: 'face' })
  expect(stage().result.head).toBeUndefined()
  expect(work()).toEqual({ making: null, next: null, error: texts().head.failed })
  expect(journey.store.state.error).toBeNull()
})

test('a worker that dies meanwhile is not waited for: another makes the plainer head', async () => {
  captureWorker.head.mockReturnValueOnce(new Promise(() => {}))
  const result = await showKept()
  crash.capture(new Error('out of memory'))
  for (let i = 0; i < 3; i++) await settled()
  expect(asked()).toEqual(['auto', 'photo'])
  expect(work().making).toBeNull()
  expect(result.head!.choice).toBe('photo')
})

test('so does one where the worker dies before the first head', async () => {
  captureWorker.head.mockReturnValueOnce(new Promise(() => {}))
  const opening = open()
  for (let i = 0; i < 3; i++) await settled()
  crash.capture(new Error('out of memory'))
  await opening
  expect(journey.store.state).toMatchObject({ stage: { name: 'result' }, work: null, error: null })
  expect(showsHead(stage().result)).toBe(true)
  expect(work().error).toBe(texts().head.hairMissing)
})

test('another photo does not wait for the head of the one before, which is not shown', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  const opening = open()
  for (let i = 0; i < 3; i++) await settled()
  await journey.finding.choosePhoto([photo('other.png')])
  await opening
  const { stage: shown } = journey.store.state
  making.resolve(headOf({ hair: 'bob01', bust: true, expression: 'photo' }))
  await settled()
  expect(journey.store.state.stage).toBe(shown)
  expect(stage()).toMatchObject({
    subject: { photo: { name: 'other.png' } },
    result: { head: { choice: 'auto' } },
  })
})

test('nor for the hair of one that is shown; shown again, a result without a head gets it', async () => {
  captureWorker.head.mockReturnValueOnce(new Promise(() => {}))
  const result = await showKept()
  await open()
  expect(journey.heads.of(result).making).toBeNull()
  await journey.shelf.open(journey.shelf.idOf(result)!)
  for (let i = 0; i < 3; i++) await settled()
  expect(stage().result).toBe(result)
  expect(showsHead(result)).toBe(true)
  // The photo that is open in the worker was the other one.
  const opened = captureWorker.open.mock.calls.map(([, name]) => name)
  expect(opened).toEqual(['kept.png', 'me.png', 'kept.png'])
})

test('going back to the photo ends nothing', async () => {
  await open()
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  journey.heads.choose({ hair: 'long01' })
  const { subject, result } = stage()
  journey.finding.showPhoto(subject)
  making.resolve(headOf({ hair: 'long01', bust: true, expression: 'photo' }))
  await settled()
  expect(result.head!.choice).toBe('long01')
})

test('an older result keeps its own face and strokes: for other hair, a finer run, and what is said of it', async () => {
  await open()
  const [first] = stage().subject.results
  const { subject } = stage()
  journey.finding.showPhoto(subject as never)
  const stroke = { radius: 5, points: [20, 20] }
  journey.painting.paint(stroke)
  await journey.finding.chooseFace(otherFace)
  captureWorker.capture.mockResolvedValueOnce(seen({ crop: { left: 90, top: 0, size: 256, step: 1 } }))
  await journey.refining.show()
  const second = stage().result
  expect([first.of, second.of]).toEqual([
    { face, strokes: [] },
    { face: otherFace, strokes: [stroke] },
  ])
  journey.results.choose(first)
  captureWorker.head.mockClear()
  journey.heads.choose({ hair: 'long01' })
  await settled()
  expect(captureWorker.head.mock.lastCall![0].of).toMatchObject({ face, strokes: [] })
  journey.hairLooks.open(true)
  await settled()
  expect(captureWorker.look.mock.lastCall![0].of).toMatchObject({ face, strokes: [] })
  captureWorker.capture.mockClear()
  await refine()
  expect(captureWorker.capture.mock.lastCall![0]).toMatchObject({ face, strokes: [] })
  expect(stage().result.of).toEqual({ face, strokes: [] })
  // What was painted on the photo stays there.
  expect(stage().subject).toMatchObject({ faces: { chosen: otherFace }, strokes: [stroke] })
})
