import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Usage } from '../../../worker/metering/daily-quota.ts'
import { isolateTests } from '../service.ts'

isolateTests()

const quota = (name: string) => env.QUOTA.get(env.QUOTA.idFromName(name))
const noon = Date.UTC(2026, 7, 1, 12)
const tomorrow = noon + 12 * 3600_000
const much: Usage = { writes: 1000, results: 1000, bytes: 1000 }
let names = 0
const take = (take: Partial<Usage>, visitor = 'v', room: Partial<Usage> = {}) => ({
  name: `take ${++names}`,
  visitor,
  take,
  room,
})

test('counts what is taken, and starts anew at midnight UTC', async () => {
  const most = { all: { writes: 9, results: 2, bytes: 100 }, each: much }
  const day = quota('a')
  expect(await day.take(take({ results: 1, bytes: 60, writes: 1 }), most, noon)).toBeUndefined()
  expect(await day.take(take({ results: 1, bytes: 41 }), most, noon)).toBe('all')
  expect(await day.take(take({ results: 1, bytes: 40 }), most, noon)).toBeUndefined()
  expect(await day.take(take({ results: 1 }), most, noon)).toBe('all')
  expect(await day.usage(noon)).toEqual({ writes: 1, results: 2, bytes: 100 })
  expect(await quota('b').usage(noon)).toEqual({ writes: 0, results: 0, bytes: 0 })
  expect(await day.take(take({ results: 1 }), most, tomorrow)).toBeUndefined()
  expect(await day.usage(tomorrow)).toEqual({ writes: 0, results: 1, bytes: 0 })
})

test('one visitor uses up a share, and leaves the others theirs', async () => {
  const most = { all: much, each: { writes: 9, results: 9, bytes: 100 } }
  const day = quota('shares')
  expect(await day.take(take({ bytes: 100 }, 'greedy'), most, noon)).toBeUndefined()
  expect(await day.take(take({ bytes: 1 }, 'greedy'), most, noon)).toBe('each')
  expect(await day.take(take({ bytes: 100 }, 'other'), most, noon)).toBeUndefined()
  expect((await day.usage(noon)).bytes).toBe(200)
  expect((await day.usage(noon, 'greedy')).bytes).toBe(100)
})

test('room is asked for and not taken', async () => {
  const most = { all: much, each: { writes: 9, results: 9, bytes: 100 } }
  const day = quota('room')
  for (let i = 0; i < 5; i++)
    expect(await day.take(take({ writes: 1 }, 'v', { bytes: 100 }), most, noon)).toBeUndefined()
  expect(await day.take(take({}, 'v', { bytes: 101 }), most, noon)).toBe('each')
  expect(await day.usage(noon)).toEqual({ writes: 5, results: 0, bytes: 0 })
})

test('what is taken under one name is taken once', async () => {
  const most = { all: much, each: much }
  const day = quota('names')
  const one = { name: 'one', visitor: 'v', take: { results: 1 } }
  const taken = await Promise.all(Array.from({ length: 20 }, () => day.take(one, most, noon)))
  expect(taken.filter(Boolean)).toEqual([])
  expect((await day.usage(noon)).results).toBe(1)
})

test('lets no two in where one fits', async () => {
  const most = { all: { ...much, results: 5 }, each: much }
  const taken = await Promise.all(
    Array.from({ length: 20 }, () => quota('c').take(take({ results: 1, bytes: 1 }), most, noon)),
  )
  expect(taken.filter((full) => full === undefined)).toHaveLength(5)
})

test('gives back once what was taken, of bytes and results; the writes were made', async () => {
  const most = { all: much, each: much }
  const day = quota('back')
  const [kept, returned] = [take({ writes: 1, bytes: 10 }), take({ writes: 1, bytes: 20, results: 1 })]
  await day.take(kept, most, noon)
  await day.take(returned, most, noon)
  await Promise.all(Array.from({ length: 10 }, () => day.giveBack(returned.name, noon)))
  await day.giveBack('never taken', noon)
  for (const visitor of [undefined, 'v'])
    expect(await day.usage(noon, visitor)).toEqual({ writes: 2, results: 0, bytes: 10 })
})

test("what is given back after midnight is none of the new day's", async () => {
  const most = { all: much, each: much }
  const day = quota('midnight')
  const late = take({ bytes: 20 })
  await day.take(late, most, noon)
  await day.take(take({ bytes: 30 }), most, tomorrow)
  await day.giveBack(late.name, noon)
  await day.giveBack(late.name, tomorrow)
  expect((await day.usage(tomorrow)).bytes).toBe(30)
  expect((await day.usage(noon)).bytes).toBe(0)
})
