import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { texts } from '../../../../client/app/texts/index.ts'
import { captureWorker, headOf, photo, reset, settled } from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

let journey: Journey
beforeEach(async () => {
  reset()
  captureWorker.head.mockImplementation(async (choice) => headOf(choice))
  journey = new Journey()
  await journey.finding.choosePhoto([photo()])
})

const shown = () => {
  const { result, subject } = journey.store.at('result')!
  const { choice, bust, expression } = result.head!
  return { cover: result.cover, hair: choice, bust, expression, light: subject.light }
}
const atFirst = { cover: 'head', hair: 'auto', bust: true, expression: 'photo', light: null }

/** What a person does, one after the other. */
async function change() {
  journey.heads.choose({ hair: 'long01' })
  await settled()
  journey.heads.choose({ bust: false })
  await settled()
  journey.heads.choose({ expression: 'neutral' })
  await settled()
  journey.results.lightFrom(-40)
  for (const light of [-30, 0, 20]) journey.results.lightFrom(light)
  journey.heads.show('face')
  await settled()
}

test('all that is changed of a result is undone step by step, each in a sentence, and done again', async () => {
  await change()
  const changed = { cover: 'face', hair: 'long01', bust: false, expression: 'neutral', light: 20 }
  expect(shown()).toEqual(changed)
  const steps: [string, object][] = []
  while (journey.changes.undo()) {
    await settled()
    steps.push([journey.store.state.notice!, shown()])
  }
  const { undone, redone, changes } = texts().undo
  const after = { hair: 'long01', bust: false, expression: 'neutral' }
  expect(steps).toEqual([
    [undone(changes.cover), { ...changed, cover: 'head' }],
    [undone(changes.light), { ...atFirst, ...after, light: -40 }],
    [undone(changes.light), { ...atFirst, ...after }],
    [undone(changes.expression), { ...atFirst, hair: 'long01', bust: false }],
    [undone(changes.bust), { ...atFirst, hair: 'long01' }],
    [undone(changes.hair), atFirst],
  ])
  while (journey.changes.redo()) await settled()
  expect(shown()).toEqual(changed)
  expect(journey.store.state.notice).toBe(redone(changes.cover))
})

test('what is as it was is no change', async () => {
  journey.heads.choose({ hair: 'auto' })
  journey.heads.show('head')
  journey.results.lightFrom(null)
  await settled()
  expect(journey.changes.here!.canUndo).toBe(false)
})

test('each result has its own; the photo and the first screen know nothing of them', async () => {
  await change()
  const { subject } = journey.store.at('result')!
  journey.finding.showPhoto(subject as never)
  expect([journey.changes.here, journey.changes.undo()]).toEqual([null, false])
  await journey.refining.show()
  expect(journey.changes.undo()).toBe(false)
  journey.startOver()
  expect(journey.changes.undo()).toBe(false)
})
