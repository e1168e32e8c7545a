import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import { CaptureError } from '../../../../client/capture/capture-error.ts'
import {
  captureWorker,
  crash,
  face,
  later,
  otherFace,
  photo,
  reset,
  seen,
  settled,
  terminate,
} from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
const state = () => journey.store.state
const found = () => journey.store.at('found')!
const result = () => journey.store.at('result')!

beforeEach(() => {
  reset()
  journey = new Journey()
})

/** Opens a photo, and goes back to it from its result. */
async function openAndReturn() {
  await journey.finding.choosePhoto([photo()])
  journey.finding.showPhoto(result().subject)
}

test('a photo is shown as the head of its largest face; behind it are its faces and what was seen', async () => {
  await journey.finding.choosePhoto([photo()])
  expect(result().subject).toMatchObject({ faces: { all: [face, otherFace], chosen: face }, strokes: [] })
  expect(state()).toMatchObject({ work: null, error: null })
  journey.finding.showPhoto(result().subject)
  expect(found().seen).toBe(found().subject.looked)
  expect(state().work).toBeNull()
})

test('between the look at a face and its head nothing seems to be over', async () => {
  const works: (string | null)[] = []
  journey.store.subscribe(() => works.push(state().work?.words ?? null))
  await journey.finding.choosePhoto([photo()])
  expect(works.indexOf(null)).toBe(works.length - works.filter((words) => words === null).length)
})

test('a file that cannot be opened leaves the result before it', async () => {
  await journey.finding.choosePhoto([photo()])
  const before = result()
  captureWorker.open.mockRejectedValueOnce(new CaptureError('damaged', '“cut.jpg” is damaged.'))
  await journey.finding.choosePhoto([photo('cut.jpg')])
  expect(result()).toEqual(before)
  expect(state().error).toEqual({ fault: 'damaged', words: '“cut.jpg” is damaged.' })
})

test('a photo without a face stays on the stage', async () => {
  captureWorker.findFaces.mockRejectedValueOnce(new CaptureError('no-face', 'x', { reason: 'none' }))
  await journey.finding.choosePhoto([photo()])
  expect(found()).toMatchObject({ subject: { photo: { name: 'me.png' }, faces: null }, seen: null })
  expect(state().error?.fault).toBe('no-face')
})

describe('a new turn ends the one before', () => {
  test('faces that are found too late change nothing, and its capture is not begun', async () => {
    const slow = later<(typeof face)[]>()
    captureWorker.findFaces.mockReturnValueOnce(slow.promise)
    const first = journey.finding.choosePhoto([photo('first.png')])
    await settled()
    const second = journey.finding.choosePhoto([photo('second.png')])
    // Without waiting for the worker.
    await first
    await second
    const before = result()
    slow.resolve([otherFace])
    await settled()
    expect(result()).toBe(before)
    expect(before.subject).toMatchObject({ photo: { name: 'second.png' }, faces: { chosen: face } })
    // The look, and the head's.
    expect(captureWorker.capture).toHaveBeenCalledTimes(2)
  })

  test('a photo that is still being opened does not come in after another', async () => {
    const slow = later<{ width: number; height: number; greyscale: boolean }>()
    captureWorker.open.mockReturnValueOnce(slow.promise)
    const first = journey.finding.choosePhoto([photo('first.png')])
    await settled()
    await journey.finding.choosePhoto([photo('second.png')])
    await first
    slow.resolve({ width: 1, height: 1, greyscale: true })
    await settled()
    expect(result().subject.photo).toMatchObject({ name: 'second.png', width: 100 })
    expect(state().notice).toBeNull()
  })

  test('of a black and white photo the texture is spoken of where there is a face', async () => {
    const { grey } = texts().notices
    captureWorker.open.mockResolvedValue({ width: 100, height: 100, greyscale: true })
    captureWorker.findFaces.mockRejectedValueOnce(new Error('no face'))
    await journey.finding.choosePhoto([photo('wall.png')])
    expect(state()).toMatchObject({ error: {}, notice: null })
    await journey.finding.choosePhoto([photo()])
    expect(state()).toMatchObject({ stage: { name: 'result' }, error: null, notice: grey })
    journey.finding.showPhoto(result().subject)
    await journey.finding.chooseFace(otherFace)
    expect(state().notice).toBe(grey)
  })

  test('the sample’s download is stopped', async () => {
    let signal: AbortSignal | null | undefined
    vi.stubGlobal('fetch', (_: string, options: RequestInit) => {
      signal = options.signal
      return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)))
    })
    const sample = journey.finding.chooseSample('/sample.jpg', 'sample.jpg')
    expect(signal?.aborted).toBe(false)
    await journey.finding.choosePhoto([photo()])
    await sample
    vi.unstubAllGlobals()
    expect(signal?.aborted).toBe(true)
    expect(state().error).toBeNull()
    expect(result().subject.photo!.name).toBe('me.png')
  })

  test('what the worker still tells of the old one is not shown; what arrives is', async () => {
    captureWorker.findFaces.mockReturnValueOnce(new Promise(() => {}))
    void journey.finding.choosePhoto([photo('first.png')])
    await settled()
    const [report] = captureWorker.findFaces.mock.lastCall!
    await journey.finding.choosePhoto([photo('second.png')])
    report({ stage: 'Looking for faces' })
    expect(state().work).toBeNull()
    report({ arrived: [{ file: 'a', loaded: 1, total: 2 }] })
    expect(state().transfer).toEqual({ loaded: 1, total: 2, share: 0.5 })
  })
})

test('another face is measured, what was painted stays, also what is painted meanwhile', async () => {
  await openAndReturn()
  journey.painting.paint({ radius: 1, points: [1, 1] })
  const measuring = later<ReturnType<typeof seen>>()
  captureWorker.capture.mockReturnValueOnce(measuring.promise)
  const choosing = journey.finding.chooseFace(otherFace)
  expect(found().seen).toBeNull()
  await settled()
  journey.painting.paint({ radius: 2, points: [2, 2] })
  const measured = seen()
  measuring.resolve(measured)
  await choosing
  expect(found().seen).toBe(measured)
  expect(found().subject.faces).toEqual({ all: [face, otherFace], chosen: otherFace })
  expect(found().subject.strokes).toHaveLength(2)
})

test('a capture worker that dies is one sentence, and started anew by the next photo', async () => {
  captureWorker.findFaces.mockReturnValueOnce(new Promise(() => {}))
  const looking = journey.finding.choosePhoto([photo()])
  await settled()
  crash.capture(new Error('out of memory'))
  await looking
  expect(state()).toMatchObject({ work: null, error: { words: expect.stringContaining('out of memory') } })
  await journey.finding.lookAgain()
  // What it had open died with it.
  expect(captureWorker.open).toHaveBeenCalledTimes(2)
  expect(result().result.head).toMatchObject({ choice: 'auto', bust: true })
})

test('a worker that is still at another photo is waited for, but not for long', async () => {
  await journey.finding.choosePhoto([photo('first.png')])
  vi.useFakeTimers()
  captureWorker.answer.mockReturnValueOnce(new Promise(() => {}) as never)
  const opening = journey.finding.choosePhoto([photo('second.png')])
  await vi.advanceTimersByTimeAsync(14_000)
  expect(terminate.capture).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2000)
  vi.useRealTimers()
  await opening
  expect(terminate.capture).toHaveBeenCalledTimes(1)
  expect(result().subject.photo!.name).toBe('second.png')
})

test('several files: that the first was taken is said with its result', async () => {
  await journey.finding.choosePhoto([photo('one.png'), photo('two.png')])
  expect(result().subject.photo!.name).toBe('one.png')
  expect(state().notice).toBe(texts().notices.several(2, 'one.png'))
})

describe('who paints while the head is made stays with the photo', () => {
  test('by a stroke: the head is not shown, and made when it is asked for', async () => {
    const measuring = later<ReturnType<typeof seen>>()
    captureWorker.capture.mockResolvedValueOnce(seen()).mockReturnValueOnce(measuring.promise)
    const opening = journey.finding.choosePhoto([photo()])
    for (let i = 0; i < 3; i++) await settled()
    expect(found().seen).not.toBeNull()
    const stroke = { radius: 1, points: [1, 1] }
    journey.painting.paint(stroke)
    measuring.resolve(seen())
    await opening
    expect(found().subject.strokes).toEqual([stroke])
    expect(state()).toMatchObject({ work: null, error: null })
    await journey.refining.show()
    expect(result().subject.strokes).toEqual([stroke])
    expect(captureWorker.capture.mock.lastCall![0]).toMatchObject({ strokes: [stroke] })
  })

  test('by taking the brush while the face is still measured', async () => {
    const measuring = later<ReturnType<typeof seen>>()
    captureWorker.capture.mockReturnValueOnce(measuring.promise)
    const opening = journey.finding.choosePhoto([photo()])
    for (let i = 0; i < 3; i++) await settled()
    journey.painting.useBrush(true)
    measuring.resolve(seen())
    await opening
    expect(found().seen).not.toBeNull()
    expect(state().work).toBeNull()
    expect(captureWorker.head).not.toHaveBeenCalled()
    await journey.refining.show()
    expect(result().result.head).toMatchObject({ choice: 'auto', bust: true })
    expect(state().brush.out).toBe(false)
  })
})

describe('the camera', () => {
  test('ends what was under way where it was opened; its Back begins that anew', async () => {
    const looking = later<(typeof face)[]>()
    captureWorker.findFaces.mockReturnValueOnce(looking.promise)
    void journey.finding.choosePhoto([photo()])
    await settled()
    journey.camera.open()
    looking.resolve([face])
    await settled()
    expect(state()).toMatchObject({ stage: { name: 'camera', ready: false }, work: null, error: null })
    journey.camera.ready()
    expect(journey.store.at('camera')!.ready).toBe(true)
    journey.camera.close()
    expect(found().seen).toBeNull()
    for (let i = 0; i < 5; i++) await settled()
    expect(result().result.head).toMatchObject({ choice: 'auto', bust: true })
  })

  test('from a result leads back to it, also by the browser’s Back', async () => {
    await journey.finding.choosePhoto([photo()])
    const { result: shown } = result()
    for (const back of [() => journey.camera.close(), () => journey.visit('result')]) {
      journey.camera.open()
      expect(state().stage.name).toBe('camera')
      back()
      expect(result().result).toBe(shown)
    }
  })

  test('that fails says so over what was said before', async () => {
    captureWorker.findFaces.mockRejectedValueOnce(new CaptureError('no-face', 'x', { reason: 'none' }))
    await journey.finding.choosePhoto([photo()])
    journey.camera.open()
    expect(state().error).toBeNull()
    journey.camera.close('It is in use.')
    expect(state().error).toEqual({ words: 'It is in use.', fault: 'no-face' })
    expect(captureWorker.findFaces).toHaveBeenCalledTimes(1)
  })
})
