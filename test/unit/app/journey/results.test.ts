import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { SeenHead } from '../../../../client/app/messages.ts'
import { captureWorker, headOf, later, photo, reset, settled } from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))
/** Each tells of itself as soon as it is made, as the real ones do. */
const offered: unknown[] = []
vi.mock('../../../../client/app/sharing/sharing.ts', () => ({
  Sharing: class {
    step = 'preparing'
    constructor(changed: () => void, { head }: { head?: SeenHead }) {
      offered.push(head?.choice)
      changed()
    }
  },
}))
/** What moves the head cannot be had when this is set. */
let unreachable = false
vi.mock('../../../../client/app/puppet/puppet-panel.ts', () => {
  if (unreachable) throw new TypeError('Failed to fetch dynamically imported module')
  return {}
})

let journey: Journey
beforeEach(async () => {
  reset()
  offered.splice(0)
  journey = new Journey()
  await journey.finding.choosePhoto([photo()])
})

test('what is offered to share is made anew where a head comes while its dialog is open', async () => {
  const making = later<SeenHead>()
  captureWorker.head.mockReturnValueOnce(making.promise)
  journey.heads.choose({ hair: 'long01' })
  journey.results.openDialog('share')
  expect(offered).toEqual(['auto'])
  making.resolve(headOf({ hair: 'long01', bust: true, expression: 'photo' }))
  await settled()
  expect(offered).toEqual(['auto', 'long01'])
  journey.results.openDialog(null)
  journey.heads.choose({ hair: 'none' })
  await settled()
  expect(offered).toHaveLength(2)
  journey.results.openDialog('share')
  expect(offered).toEqual(['auto', 'long01', 'none'])
})

test('what moves the head is fetched when it is wanted, and one sentence says where it cannot be had', async () => {
  const { results, store } = journey
  unreachable = true
  results.compare('photo')
  const opening = results.openPuppet()
  expect(store.at('result')).toMatchObject({ puppet: 'coming', comparing: null })
  await opening
  expect(store.at('result')!.puppet).toBeNull()
  expect(store.state.error!.words).toMatch(/please try again/)
  unreachable = false
  vi.resetModules()
  await results.openPuppet()
  expect(store.at('result')!.puppet).toBe('open')
  expect(store.state.error).toBeNull()
  results.closePuppet()
  expect(store.at('result')!.puppet).toBeNull()
})

test('who has gone on meanwhile is not led back to it', async () => {
  const opening = journey.results.openPuppet()
  journey.results.closePuppet()
  await opening
  expect(journey.store.at('result')!.puppet).toBeNull()
})
