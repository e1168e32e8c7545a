import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { Settings } from '../../../../client/app/widget/protocol.ts'
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

const settings: Settings = {
  preset: 'draft',
  size: null,
  theme: 'light',
  language: 'en',
  share: true,
  mode: 'inline',
}

/** The frame's document, as far as settings show in it. */
function stubRoot() {
  const root = { dataset: {} as Record<string, string> }
  vi.stubGlobal('document', { documentElement: root })
  return root
}

afterEach(() => {
  vi.unstubAllGlobals()
})

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

test('an expression drives the head until it is left to itself; trackers’ own names are passed over', () => {
  const { driver } = journey.results
  const drawn = vi.fn()
  driver.changed = drawn
  control.obey({ type: 'express', weights: { jawOpen: 0.5, tongueOut: 1, _neutral: 0.1 } }, tell)
  expect(driver.pose).toEqual({ weights: { jawOpen: 0.5 } })
  control.obey({ type: 'express', weights: { jawOpen: 0.5 } }, tell)
  expect(drawn).toHaveBeenCalledTimes(1)
  control.obey({ type: 'express', weights: null }, tell)
  expect(driver.pose).toBeNull()
  expect(drawn).toHaveBeenCalledTimes(2)
  expect(tell).not.toHaveBeenCalled()
})

test('an expression that heads do not know is an error, and changes nothing', () => {
  control.obey({ type: 'express', weights: { jawOpen: 0.5 } }, tell)
  control.obey({ type: 'express', weights: { jawOpen: 1, smile: 1 } }, tell)
  const message = expect.stringContaining('"smile"')
  expect(tell).toHaveBeenCalledWith({ type: 'error', code: 'expression', message })
  expect(journey.results.driver.pose).toEqual({ weights: { jawOpen: 0.5 } })
})

test('the head is made as the page wants its face at rest; another setting leaves the visitor’s choice alone', async () => {
  stubRoot()
  await control.apply({ ...settings, expression: 'neutral' })
  expect(journey.store.state.head).toEqual({ hair: 'auto', bust: true, expression: 'neutral' })
  journey.heads.prefer('head', { hair: 'auto', bust: true, expression: 'photo' })
  await control.apply({ ...settings, expression: 'neutral', theme: 'dark' })
  expect(journey.store.state.head.expression).toBe('photo')
})

test('a puppet that is open is closed where the page does not want it', async () => {
  const { dataset } = stubRoot()
  control.obey({ type: 'photo', photo: photo() }, tell)
  await allSettled()
  journey.store.setAt('result', { puppet: 'open' })
  await control.apply(settings)
  expect([dataset.puppet, journey.store.at('result')!.puppet]).toEqual(['on', 'open'])
  await control.apply({ ...settings, puppet: false })
  expect([dataset.puppet, journey.store.at('result')!.puppet]).toEqual(['off', null])
})
