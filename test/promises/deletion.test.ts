import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PartName } from '../../worker/contract/parts.ts'
import { limits } from '../../worker/limits.ts'
import { validParts } from '../support/parts.ts'
import { randomArray } from '../support/random.ts'
import { amount, tell } from './amounts.ts'
import { inTurns, keysOf, localSecret, type Owned, type SentParts, Visitor } from './sharing.ts'

// Forged and revoked tokens: test/worker/auth/{session,keys,who}.test.ts. Each order of two steps that race, by interrupting
// one at each of its calls: test/worker/results/overtaken.test.ts. Expiry: clean-up.test.ts and orphans.test.ts there.

const good = await validParts({ size: 256 })
const parts: SentParts = { ...good, 'photo.jpg': good['preview.jpg'] }
const publicNames: PartName[] = ['texture.png', 'face.glb', 'preview.jpg', 'photo.jpg', 'record.json']
const admin = localSecret('ADMIN_TOKEN')

test('tokens are not guessed: every guess is refused, and soon none is looked at', async () => {
  const result = await new Visitor(40_000).publish(parts)
  const guesses = amount({ sample: 190, whole: 20_000 })
  const statuses = new Map<number, number>()
  await inTurns(guesses, 8, async (i) => {
    // Some two hundred guesses from each address, most of them more than it may.
    const visitor = new Visitor(41_000 + Math.floor(i / 200))
    const guess = randomBytes(32).toString('base64url')
    const asks = [
      () => visitor.ask('/api/admin/reports', { token: i % 2 ? guess : `${admin.slice(0, -1)}~` }),
      () => visitor.ask(`/api/results/${result.id}/parts/record.json`, { token: `own_${guess}` }),
      () => visitor.delete({ id: result.id, owner: `own_${guess}` }),
      () => visitor.delete({ id: randomBytes(16).toString('base64url'), owner: result.owner }),
    ]
    const { status } = await asks[i % asks.length]()
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  })
  expect([...statuses.keys()].filter((status) => ![401, 403, 404, 429].includes(status))).toEqual([])
  expect(statuses.get(429)).toBeGreaterThan(0)
  const looked = guesses - statuses.get(429)!
  const addresses = Math.ceil(guesses / 200)
  // Two rates count: of what writes, and of what shows a token; at a minute's end both begin anew.
  expect(looked).toBeLessThanOrEqual(2 * 2 * addresses * limits.rates.RATE_ADDRESS.limit)
  expect((await new Visitor(40_001).ask(`/api/results/${result.id}`)).status).toBe(200)
  expect((await new Visitor(40_001).delete(result)).status).toBe(204)
  tell(10, { 'guessed tokens': guesses, 'let in': 0 })
})

test('what is deleted or taken down while everything else happens is gone everywhere', async () => {
  const results = amount({ sample: 4, whole: 400 })
  await inTurns(results, 2, gone)
  tell(10, { 'results deleted in a race': results, 'objects left': 0 })
})

async function gone(seed: number): Promise<void> {
  const [when, which, how] = randomArray(3, seed, 0, 1)
  const isTakenDown = which < 0.4
  const visitor = new Visitor(50_000 + 2 * seed)
  const other = new Visitor(50_001 + 2 * seed)
  const title = `Gone ${randomBytes(6).toString('hex')}`
  const result = await visitor.publish(parts, { visibility: 'listed', title })
  const token = await other.session()
  const read = () => readAll(other, result)
  await read()
  const change = (json: object) =>
    visitor.ask(`/api/results/${result.id}`, { method: 'PATCH', token: result.owner, json })
  const meanwhile = Promise.all([
    change({ days: 200 }),
    change({ visibility: 'listed', days: 365 }),
    visitor.commit(result),
    visitor.send(result, 'photo.jpg', parts['photo.jpg']!),
    other.ask(`/api/results/${result.id}/report`, { token, json: { reason: 'other', text: title } }),
    read(),
  ])
  await new Promise((resolve) => setTimeout(resolve, 60 * when))
  const end = isTakenDown
    ? visitor.ask(`/api/admin/results/${result.id}/take-down`, { token: admin, json: { reason: 'consent' } })
    : Promise.all([visitor.delete(result), ...(how < 0.5 ? [visitor.delete(result)] : [])])
  const answers = [await end].flat()
  await meanwhile
  expect(answers.some(({ status }) => status === 204)).toBe(true)
  for (const { status } of answers) expect([204, 404, 409]).toContain(status)

  const status = isTakenDown ? 410 : 404
  const pages = [
    `/r/${result.id}`,
    `/api/results/${result.id}`,
    ...publicNames.map((name) => partPath(result, name)),
  ]
  for (const path of pages) expect((await other.ask(path, { token: result.owner })).status, path).toBe(status)
  for (const path of ['/gallery', '/gallery?lang=de', '/api/gallery', '/api/gallery?limit=48'])
    expect(await (await other.ask(path)).text(), path).not.toContain(title)
  expect(keysOf(result)).toEqual(isTakenDown ? [`records/${result.id}.json`] : [])
  expect((await visitor.commit(result)).status).toBe(status)
  expect((await visitor.send(result, 'photo.jpg', parts['photo.jpg']!)).status).toBe(status)
}

const partPath = ({ id }: Owned, name: PartName) => `/api/results/${id}/parts/${name}`

/** Everything that is shown of a result, so that it lies in this place's caches. */
async function readAll(visitor: Visitor, result: Owned): Promise<void> {
  const paths = [
    '/gallery',
    '/api/gallery',
    `/r/${result.id}`,
    ...publicNames.map((name) => partPath(result, name)),
  ]
  for (const path of paths) await (await visitor.ask(path)).arrayBuffer()
}
