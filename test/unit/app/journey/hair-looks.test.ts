import { beforeEach, expect, test, vi } from 'vitest'
import { Journey } from '../../../../client/app/journey/journey.ts'
import type { LookRequest, SeenHead, SeenLook } from '../../../../client/app/messages.ts'
import type { HairChoice } from '../../../../client/head/complete-head.ts'
import { hairChoices } from '../../../../client/run/choices.ts'
import { captureWorker, crash, headOf, later, photo, reset, settled } from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))
/** Stands in for the drawing: the picture names the hair. */
const drawing = vi.hoisted(() => ({ picture: vi.fn() }))
vi.mock('../../../../client/app/viewer/face-picture.ts', () => ({ facePicture: drawing.picture }))

let journey: Journey
const result = () => journey.store.at('result')!.result
const looks = () => hairChoices.map((hair) => journey.hairLooks.look(result(), hair))
const asked = () => captureWorker.look.mock.calls.map(([{ hair }]) => hair)
/** As a worker says that it could not load a file. */
const noNetwork = () => Object.assign(new Error('no network'), { name: 'ModelError' })

const lookOf = (hair: HairChoice) => ({ hair }) as unknown as SeenLook
async function allSettled() {
  for (let i = 0; i < 3 * hairChoices.length; i++) await settled()
}

beforeEach(async () => {
  reset()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  captureWorker.look.mockImplementation(async ({ hair }) => lookOf(hair))
  drawing.picture.mockImplementation(async ({ hair }: { hair: HairChoice }) => `data:${hair}`)
  journey = new Journey()
  await journey.finding.choosePhoto([photo()])
})

test('nothing is made before the menu is opened; then each hair, once, as this head has it', async () => {
  await allSettled()
  expect(asked()).toEqual([])
  journey.hairLooks.open(true)
  await allSettled()
  expect(asked()).toEqual(hairChoices)
  const [request] = captureWorker.look.mock.lastCall!
  expect(request).toMatchObject({ of: { size: 512 }, texture: result().texture, bust: true })
  expect(looks()).toEqual(hairChoices.map((hair) => `data:${hair}`))
  journey.hairLooks.open(false)
  journey.hairLooks.open(true)
  await allSettled()
  expect(asked()).toHaveLength(hairChoices.length)
})

test('they are made one after the other, and no longer than the menu is open', async () => {
  const making = later<SeenLook>()
  captureWorker.look.mockReturnValueOnce(making.promise)
  journey.hairLooks.open(true)
  await settled()
  expect(asked()).toEqual(['auto'])
  expect(looks()).toEqual(hairChoices.map(() => 'coming'))
  journey.hairLooks.open(false)
  making.resolve(lookOf('auto'))
  await allSettled()
  expect(asked()).toEqual(['auto'])
  expect(looks()[0]).toBe('data:auto')
})

test('a head that is wanted comes first', async () => {
  const look = later<SeenLook>()
  const head = later<SeenHead>()
  captureWorker.look.mockReturnValueOnce(look.promise)
  captureWorker.head.mockReturnValueOnce(head.promise)
  journey.hairLooks.open(true)
  await settled()
  journey.heads.choose({ hair: 'long01' })
  look.resolve(lookOf('auto'))
  await allSettled()
  expect(asked()).toEqual(['auto'])
  head.resolve(headOf({ hair: 'long01', bust: true, expression: 'photo' }))
  await allSettled()
  expect(asked()).toEqual(hairChoices)
})

test('a hair that cannot be fetched says so, and is tried again where the menu is opened or it is chosen', async () => {
  let isThere = false
  captureWorker.look.mockImplementation(async ({ hair }: LookRequest) => {
    if (hair === 'afro01' && !isThere) throw noNetwork()
    return lookOf(hair)
  })
  journey.hairLooks.open(true)
  await allSettled()
  const afro = () => journey.hairLooks.look(result(), 'afro01')
  expect(afro()).toBe('missing')
  expect(looks().filter((look) => look === 'missing')).toHaveLength(1)
  journey.hairLooks.open(true)
  await allSettled()
  expect(afro()).toBe('missing')
  isThere = true
  journey.heads.choose({ hair: 'afro01' })
  await allSettled()
  expect(afro()).toBe('data:afro01')
})

test('where this browser cannot draw there are names alone', async () => {
  drawing.picture.mockRejectedValue(new Error('no WebGL'))
  journey.hairLooks.open(true)
  await allSettled()
  expect(asked()).toEqual(['auto'])
  expect(looks()).toEqual(hairChoices.map(() => null))
})

test('a worker that dies meanwhile is asked no more', async () => {
  captureWorker.look.mockReturnValue(new Promise(() => {}))
  journey.hairLooks.open(true)
  await settled()
  crash.capture(new Error('out of memory'))
  await allSettled()
  expect(asked()).toEqual(['auto'])
  expect(looks()).toEqual(hairChoices.map(() => null))
})

test('without shoulders they are others', async () => {
  journey.hairLooks.open(true)
  await allSettled()
  captureWorker.look.mockClear()
  journey.heads.choose({ bust: false })
  await allSettled()
  expect(captureWorker.look.mock.calls.map(([{ bust }]) => bust)).toEqual(hairChoices.map(() => false))
})

test('another photo is not kept waiting, and what was being made is made when the result is shown again', async () => {
  const making = later<SeenLook>()
  captureWorker.look.mockReturnValueOnce(making.promise)
  journey.hairLooks.open(true)
  await settled()
  const before = result()
  await journey.finding.choosePhoto([photo('other.png')])
  await allSettled()
  expect(journey.hairLooks.look(before, 'auto')).toBe('coming')
  await journey.shelf.open(journey.shelf.idOf(before)!)
  journey.hairLooks.open(true)
  await allSettled()
  expect(looks()).toEqual(hairChoices.map((hair) => `data:${hair}`))
})
