import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { Place } from '../../../../client/app/stage-history.ts'
import { captureWorker, finished, later, photo, refineWorker, reset, seen, settled } from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
const state = () => journey.store.state
const name = () => state().stage.name

beforeEach(() => {
  reset()
  journey = new Journey()
})

async function finish() {
  refineWorker.next.mockResolvedValueOnce(finished())
  await journey.refining.refine()
  return journey.store.at('result')!.result
}

test('on the first screen Back and Forward know only itself', () => {
  for (const place of ['found', 'refining', 'result', 'dialog'] satisfies Place[]) {
    expect(journey.visit(place), place).toBe(false)
  }
  expect(journey.visit('photo')).toBe(true)
})

describe('with a result', () => {
  beforeEach(async () => {
    await journey.finding.choosePhoto([photo()])
  })

  test('Back leads to the photo and the first screen, Forward to where it was', async () => {
    const { result } = journey.store.at('result')!
    journey.results.lightFrom(30)
    const way: [Place, boolean, string][] = [
      ['found', true, 'found'],
      ['photo', true, 'photo'],
      ['found', true, 'found'],
      ['result', true, 'result'],
      ['photo', true, 'photo'],
      ['result', true, 'result'],
      ['camera', false, 'result'],
      ['refining', false, 'result'],
    ]
    for (const [place, there, stage] of way) {
      expect([place, journey.visit(place), name()]).toEqual([place, there, stage])
    }
    expect(journey.store.at('result')).toMatchObject({ result, subject: { light: 30 } })
  })

  test('a finer run is compared with the first, and each can be shown', async () => {
    const first = journey.store.at('result')!.result
    const second = await finish()
    expect(journey.store.at('result')!.subject.results).toEqual([first, second])
    journey.results.compare('run')
    journey.results.choose(first)
    expect(journey.store.at('result')).toMatchObject({ result: first, comparing: null })
    const third = await finish()
    expect(journey.store.at('result')!.subject.results).toEqual([first, second, third])
  })

  test('showing a run ends what its photo is looked at for', async () => {
    const { subject, result } = journey.store.at('result')!
    const measuring = later<ReturnType<typeof seen>>()
    captureWorker.capture.mockReturnValueOnce(measuring.promise)
    journey.finding.showPhoto({ ...subject, looked: null })
    await settled()
    expect(state().work).not.toBeNull()
    journey.results.choose(result)
    measuring.resolve(seen())
    await settled()
    expect([name(), state().work, state().error]).toEqual(['result', null, null])
    journey.finding.showPhoto(journey.store.at('result')!.subject)
    await settled()
    expect(journey.store.at('found')!.seen).not.toBeNull()
  })

  test('another photo takes its place; the last face brings all back', async () => {
    const { result, subject } = journey.store.at('result')!
    const { last } = state()
    journey.painting.choosePreset('standard')
    await journey.finding.choosePhoto([photo('other.png')])
    const other = journey.store.at('result')!
    expect(other.subject).toMatchObject({ photo: { name: 'other.png' }, results: [other.result] })
    // As it was kept.
    journey.store.set({ last })
    journey.lastFaces.show()
    const shown = journey.store.at('result')!
    expect(shown.result).toBe(result)
    expect(shown.subject).toMatchObject({ faces: subject.faces, results: [result] })
    expect(state().choices.preset).toBe('draft')
  })

  test('a last face whose photo is still there is shown as it was', () => {
    journey.results.lightFrom(30)
    const { subject } = journey.store.at('result')!
    journey.startOver()
    journey.lastFaces.show()
    expect(journey.store.at('result')!.subject).toEqual(subject)
  })

  test('a last face that is thrown away leaves no photo behind the first screen', async () => {
    journey.startOver()
    await settled()
    await journey.lastFaces.discard()
    expect(journey.store.at('photo')!.behind).toBeNull()
    expect(state().last).toBeNull()
    expect(journey.visit('result')).toBe(false)
  })

  test('a dialog closes with the result that it lies over', () => {
    journey.results.openDialog('download')
    journey.results.shapeDownload({ size: 512 })
    expect(journey.store.at('result')).toMatchObject({ dialog: 'download', downloading: { size: 512 } })
    journey.finding.showPhoto(journey.store.at('result')!.subject)
    journey.visit('result')
    expect(journey.store.at('result')).toMatchObject({ dialog: null, downloading: { size: null } })
  })

  test('a view is of a result or a run, and changes nothing elsewhere', () => {
    journey.results.showView('left')
    expect(journey.store.at('result')!.view).toBe('left')
    journey.startOver()
    const { stage } = state()
    journey.results.showView('right')
    expect(state().stage).toBe(stage)
  })
})
