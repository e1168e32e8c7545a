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

test('on the first screen Back and Forward know only itself', async () => {
  for (const place of ['found', 'refining', 'result', 'dialog'] satisfies Place[]) {
    expect(await journey.visit(place), place).toBe(false)
  }
  expect(await journey.visit('photo')).toBe(true)
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
      expect([place, await journey.visit(place), name()]).toEqual([place, there, stage])
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

  test('another photo takes its place; the shelf brings all back', async () => {
    const { result, subject } = journey.store.at('result')!
    journey.painting.choosePreset('standard')
    await journey.finding.choosePhoto([photo('other.png')])
    const other = journey.store.at('result')!
    expect(other.subject).toMatchObject({ photo: { name: 'other.png' }, results: [other.result] })
    await journey.shelf.open(journey.shelf.idOf(result)!)
    const shown = journey.store.at('result')!
    expect(shown.result).toBe(result)
    expect(shown.subject).toMatchObject({ faces: subject.faces, results: [result] })
    expect(state().choices.preset).toBe('draft')
  })

  test('a face whose photo is still there is shown as it was', async () => {
    journey.results.lightFrom(30)
    const { subject, result } = journey.store.at('result')!
    journey.startOver()
    await journey.shelf.open(journey.shelf.idOf(result)!)
    expect(journey.store.at('result')!.subject).toEqual(subject)
  })

  test('a face that is deleted leaves no photo behind the first screen', async () => {
    const id = journey.shelf.idOf(journey.store.at('result')!.result)!
    journey.startOver()
    await settled()
    await journey.shelf.delete(id)
    expect(journey.store.at('photo')!.behind).toBeNull()
    expect(state().shelf.cards).toEqual([])
    expect(await journey.visit('result', id)).toBe(false)
  })

  test('Forward leads to the face that the entry is of, Back past a photo that is not there', async () => {
    const { result } = journey.store.at('result')!
    const id = journey.shelf.idOf(result)!
    await journey.finding.choosePhoto([photo('other.png')])
    await finish()
    expect([await journey.visit('photo'), await journey.visit('result', id)]).toEqual([true, true])
    const { subject } = journey.store.at('result')!
    expect(subject.shown).toBe(result)
    journey.store.setAt('result', { subject: { ...subject, photo: null } })
    expect([await journey.visit('found'), name()]).toEqual([true, 'photo'])
  })

  test('a dialog closes with the result that it lies over', async () => {
    journey.results.openDialog('download')
    journey.results.shapeDownload({ size: 512 })
    expect(journey.store.at('result')).toMatchObject({ dialog: 'download', downloading: { size: 512 } })
    journey.finding.showPhoto(journey.store.at('result')!.subject)
    await journey.visit('result')
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
