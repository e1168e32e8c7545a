import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { HeadRequest, SeenHead } from '../../../../client/app/messages.ts'
import { showsHead } from '../../../../client/app/result.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import type { HairChoice } from '../../../../client/head/complete-head.ts'
import {
  captureWorker,
  crash,
  face,
  finished,
  later,
  photo,
  refineWorker,
  reset,
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

const headOf = (choice: HairChoice, doubts: SeenHead['doubts'] = []) =>
  ({
    choice,
    doubts,
    hair: null,
    record: '{}',
    texture: { size: 1, data: new Uint8ClampedArray(8) },
  }) as unknown as SeenHead
const makes = (doubts?: SeenHead['doubts']) =>
  captureWorker.head.mockImplementation(async ({ hair }) => headOf(hair, doubts))
const fails = (which: (hair: HairChoice) => boolean) =>
  captureWorker.head.mockImplementation(async ({ hair }: HeadRequest) => {
    if (which(hair)) throw new Error('no network')
    return headOf(hair)
  })

/** Goes from a photo to a result. */
async function finish() {
  refineWorker.next.mockResolvedValueOnce(finished())
  await journey.refining.refine()
  for (let i = 0; i < 3; i++) await settled()
}

beforeEach(async () => {
  reset()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  journey = new Journey()
  await journey.finding.choosePhoto([photo()])
})

test('a result is shown at once as a face, then as its head', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  await finish()
  expect(work().making).toEqual({ hair: 'auto', bust: true })
  expect(showsHead(stage().result)).toBe(false)
  const [request] = captureWorker.head.mock.lastCall!
  expect(request).toMatchObject({ of: { face, strokes: [], size: 256 }, hair: 'auto', bust: true })
  expect(request.texture).toBe(stage().result.texture)
  making.resolve(headOf('auto'))
  await settled()
  expect(showsHead(stage().result)).toBe(true)
  expect(work()).toEqual({ making: null, next: null, error: null })
  expect(journey.store.state.last!.results[0].head).toBe(stage().result.head)
})

test('a photo that carries no head shows the face; the head is one choice away and stays made', async () => {
  makes(['turned'])
  await finish()
  expect(stage().result.cover).toBe('face')
  journey.heads.show('head')
  expect(showsHead(stage().result)).toBe(true)
  journey.heads.show('face')
  expect(showsHead(stage().result)).toBe(false)
  expect(asked()).toEqual(['auto'])
})

test('where the face alone is preferred, the head is made when it is asked for', async () => {
  makes()
  journey.heads.prefer('face', { hair: 'bob02', bust: false })
  await finish()
  expect(asked()).toEqual([])
  journey.heads.show('head')
  await settled()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'bob02', bust: false })
  expect(showsHead(stage().result)).toBe(true)
})

test('the bust can be done without: the hair stays, and other hair goes without it too', async () => {
  captureWorker.head.mockImplementation(async ({ hair, bust }) => ({ ...headOf(hair), bust }))
  await finish()
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
  expect(journey.heads.chosen(stage().result)).toEqual({ hair: 'none', bust: false })
})

test('what was chosen for a face is chosen for the next run of it, and for no other face', async () => {
  captureWorker.head.mockImplementation(async ({ hair, bust }) => ({ ...headOf(hair), bust }))
  await finish()
  journey.heads.choose({ hair: 'long01', bust: false })
  await settled()
  await finish()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'long01', bust: false })
  journey.heads.show('face')
  await finish()
  expect(stage().result).toMatchObject({ cover: 'face' })
  expect(stage().result.head).toBeUndefined()
  journey.heads.show('head')
  await settled()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'long01', bust: false })
  const crop = { ...seen().crop, left: 60 }
  captureWorker.capture.mockImplementation(async () => seen({ crop }))
  await finish()
  expect(captureWorker.head.mock.lastCall![0]).toMatchObject({ hair: 'auto', bust: true })
})

test('a face that is shown because the photo carries no head is asked about anew with the next run', async () => {
  makes(['turned'])
  await finish()
  await finish()
  expect(asked()).toEqual(['auto', 'auto'])
  expect(stage().result).toMatchObject({ cover: 'face' })
})

test('what was said of a file dropped over the result is done with when something else is done', async () => {
  makes()
  await finish()
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
  makes()
  await finish()
  expect(stage().result.head!.bust).toBeUndefined()
  expect(journey.heads.chosen(stage().result)).toEqual({ hair: 'auto', bust: true })
})

test('other hair takes the place of the hair before; of several choices in a row the last counts', async () => {
  makes()
  await finish()
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  for (const hair of ['bob01', 'bob02', 'long01'] as const) journey.heads.choose({ hair })
  await settled()
  expect(work()).toMatchObject({ making: { hair: 'bob01' }, next: { hair: 'long01' } })
  making.resolve(headOf('bob01'))
  await settled()
  expect(asked()).toEqual(['auto', 'bob01', 'long01'])
  expect(stage().result.head!.choice).toBe('long01')
})

test('hair that cannot be had leaves the head as it is, and one sentence', async () => {
  makes()
  await finish()
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
  await finish()
  expect(asked()).toEqual(['auto', 'photo'])
  expect(stage().result.head!.choice).toBe('photo')
  expect(work().error).toBe(texts().head.hairMissing)
})

test('a head that cannot be made at all leaves the face, and says so', async () => {
  fails(() => true)
  await finish()
  expect(stage().result).toMatchObject({ cover: 'face' })
  expect(stage().result.head).toBeUndefined()
  expect(work()).toEqual({ making: null, next: null, error: texts().head.failed })
  expect(journey.store.state.error).toBeNull()
})

test('a worker that dies meanwhile is not waited for: another makes the plainer head', async () => {
  makes()
  captureWorker.head.mockReturnValueOnce(new Promise(() => {}))
  await finish()
  crash.capture(new Error('out of memory'))
  for (let i = 0; i < 3; i++) await settled()
  expect(asked()).toEqual(['auto', 'photo'])
  expect(work().making).toBeNull()
  expect(stage().result.head!.choice).toBe('photo')
})

test('another photo is not kept waiting; shown again, the result gets its head', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  await finish()
  const { result } = stage()
  await journey.finding.choosePhoto([photo('other.png')])
  expect(journey.store.state.stage.name).toBe('found')
  await settled()
  expect(journey.heads.of(result).making).toBeNull()
  makes()
  journey.lastFaces.show()
  for (let i = 0; i < 3; i++) await settled()
  expect(stage().result).toBe(result)
  expect(showsHead(result)).toBe(true)
  // The photo that is open in the worker was the other one.
  const opened = captureWorker.open.mock.calls.map(([, name]) => name)
  expect(opened).toEqual(['me.png', 'other.png', 'me.png'])
  making.resolve(headOf('bob01'))
  await settled()
  expect(result.head!.choice).toBe('auto')
})

test('going back to the photo ends nothing', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  await finish()
  const { subject, result } = stage()
  journey.finding.showPhoto(subject)
  making.resolve(headOf('auto'))
  await settled()
  expect(showsHead(result)).toBe(true)
})
