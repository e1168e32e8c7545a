import { beforeEach, expect, test, vi } from 'vitest'
import { Sharings } from '../../../../client/app/sharing/sharings.ts'
import { resultOfRun } from '../journey/fakes.ts'

const begun: unknown[][] = []
vi.mock('../../../../client/app/sharing/sharing.ts', () => ({
  Sharing: class {
    step = 'consent'
    constructor(...given: unknown[]) {
      begun.push(given)
    }
  },
}))

const photo = new Blob()
const onShared = vi.fn()
const sharings = () => new Sharings({ key: 'pk_1', changed() {}, onShared })
beforeEach(() => void begun.splice(0))

test('sharing a result begins once, and stays as it is when its dialog is closed', () => {
  const [all, result] = [sharings(), resultOfRun()]
  expect(all.of(result)).toBeUndefined()
  all.open(result, photo)
  const sharing = all.of(result)
  all.close(result)
  all.open(result, photo)
  expect(all.of(result)).toBe(sharing)
  expect(begun).toHaveLength(1)
  expect(begun[0].slice(1, 4)).toEqual([result, photo, 'pk_1'])
})

test('each result has its own; what is shared is told with its result', () => {
  const [all, one, two] = [sharings(), resultOfRun(), resultOfRun()]
  all.open(one, photo)
  all.open(two, photo)
  expect(all.of(one)).not.toBe(all.of(two))
  const told = begun[1][4] as (shared: null) => void
  told(null)
  expect(onShared.mock.lastCall![0]).toBe(two)
})

test('what was deleted can be shared anew', () => {
  const [all, result] = [sharings(), resultOfRun()]
  all.open(result, photo)
  all.of(result)!.step = 'removed'
  all.close(result)
  expect(all.of(result)).toBeUndefined()
  all.open(result, photo)
  expect(all.of(result)?.step).toBe('consent')
})
