import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { PartName } from '../../worker/contract/parts.ts'
import { limits } from '../../worker/limits.ts'
import { validParts } from '../support/parts.ts'
import { randomArray } from '../support/random.ts'
import { amount, tell } from './amounts.ts'
import { inTurns, keysOf, localSecret, type Owned, type SentParts, sha256, Visitor } from './sharing.ts'

// Connections break, answers get lost, things happen twice and at once: an upload ends as one result or as none.

const good = await validParts({ size: 256 })
const parts: SentParts = { ...good, 'photo.jpg': good['preview.jpg'] }
const names = Object.keys(parts) as PartName[]

/** Where a part can be cut: before its first byte, after it, in the middle, before its last byte, and behind it. */
const cuts = (length: number) => [0, 1, length >> 1, length - 1, length]

/** What must be in the bucket of a result, and nothing else. */
async function expectWhole(visitor: Visitor, upload: Owned, photo: boolean): Promise<void> {
  const shown = await visitor.ask(`/api/results/${upload.id}`)
  expect(shown.status).toBe(200)
  const result = (await shown.json()) as { expires: string; parts: { name: PartName; url: string }[] }
  expect(result.parts.some(({ name }) => name === 'photo.jpg')).toBe(photo)
  for (const { name, url } of result.parts) {
    const served = new Uint8Array(await (await visitor.ask(url)).arrayBuffer())
    expect(sha256(served), name).toBe(sha256(parts[name]!))
  }
  const kept = names.filter((name) => name !== 'sampled.png' && (photo || name !== 'photo.jpg'))
  const keys = [
    `expiry/${result.expires}/${upload.id}`,
    `records/${upload.id}.json`,
    ...kept.map((name) => `results/${upload.id}/${name}/${sha256(parts[name]!)}`),
  ]
  // What was cut off may be cleared away a moment after its connection broke.
  await expect.poll(() => keysOf(upload).sort()).toEqual(keys.sort())
}

async function expectNothing(visitor: Visitor, upload: Owned): Promise<void> {
  expect((await visitor.ask(`/api/results/${upload.id}`, { token: upload.owner })).status).toBe(404)
  await expect.poll(() => keysOf(upload)).toEqual([])
}

test('cut anywhere, sent again, and published: one whole result', async () => {
  const visitor = new Visitor(1)
  const upload = await visitor.begin(parts)
  let count = 0
  for (const name of names) {
    const data = parts[name]!
    for (const at of cuts(data.length)) {
      if (count++ % 60 === 59) visitor.move()
      await visitor.sendAndBreak(upload, name, data, at)
    }
    expect((await visitor.send(upload, name, data)).status).toBe(204)
  }
  visitor.move()
  expect((await visitor.commit(upload)).status).toBe(200)
  await expectWhole(visitor, upload, true)
  tell(6, { 'parts cut off': count })
})

test('a session that ends midway ends no upload', async () => {
  const visitor = new Visitor(2)
  const upload = await visitor.begin(parts)
  const token = await visitor.session()
  const { iat = 0, exp = 0, ...claims } = decodeJwt(token)
  const past = limits.session.lifetimeSeconds + limits.session.clockSkewSeconds + 1
  const expired = await new SignJWT({ ...claims, iat: iat - past, exp: exp - past })
    .setProtectedHeader(decodeProtectedHeader(token) as { alg: string })
    .sign(new TextEncoder().encode(localSecret('SESSION_SECRET')))
  expect((await visitor.ask('/api/results', { token: expired, json: { parts: {} } })).status).toBe(401)
  for (const name of names) expect((await visitor.send(upload, name, parts[name]!)).status).toBe(204)
  expect((await visitor.commit(upload)).status).toBe(200)
  await expectWhole(visitor, upload, true)
})

test('whatever comes in between: one result or none, and nothing else', async () => {
  const uploads = amount({ sample: 8, whole: 1000 })
  const ends = { published: 0, deleted: 0 }
  await inTurns(uploads, 4, async (seed) => {
    const end = await chaos(seed)
    ends[end]++
  })
  tell(6, { 'random uploads': uploads, published: ends.published, deleted: ends.deleted, 'objects left': 0 })
  expect(ends.published + ends.deleted).toBe(uploads)
})

/** An upload to which things happen by chance. */
async function chaos(seed: number): Promise<'published' | 'deleted'> {
  const numbers = randomArray(100, seed, 0, 1)
  let drawn = 0
  const next = () => numbers[drawn++]
  const visitor = new Visitor(1000 + seed)
  const upload = await visitor.begin(parts)
  const isDeleted = next() < 0.4
  const isPhotoTakenBack = next() < 0.3
  const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  /** Deleted at any moment of what follows, asked for once or twice. */
  const deletion = isDeleted
    ? after(next() * 400).then(() =>
        Promise.all(Array.from({ length: next() < 0.3 ? 2 : 1 }, () => visitor.delete(upload))),
      )
    : undefined
  for (const name of names) {
    const data = parts[name]!
    const chance = next()
    if (chance < 0.3) await visitor.sendAndBreak(upload, name, data, Math.floor(next() * (data.length + 1)))
    if (chance > 0.2 && chance < 0.4)
      await Promise.all([visitor.send(upload, name, data), visitor.send(upload, name, data)])
    if (chance > 0.9) void visitor.sendAndBreak(upload, name, data, data.length)
    await visitor.send(upload, name, data)
  }
  const takenBack = isPhotoTakenBack
    ? visitor.ask(`/api/results/${upload.id}/parts`, {
        method: 'PATCH',
        token: upload.owner,
        json: { parts: { 'photo.jpg': null } },
      })
    : undefined
  const lateParts = next() < 0.5 ? names.map((name) => visitor.send(upload, name, parts[name]!)) : []
  const commits = await Promise.all(
    Array.from({ length: next() < 0.5 ? 2 : 1 }, () => visitor.commit(upload)),
  )
  await Promise.all(lateParts)
  const [deleted] = (await deletion) ?? []
  const isGone = isDeleted && [204, 404].includes(deleted!.status)
  const photo = (await takenBack)?.status !== 200
  for (const { status } of commits) expect([200, 404, 409, 410, 422]).toContain(status)
  if (isGone) {
    await expectNothing(visitor, upload)
    return 'deleted'
  }
  // A commit that came at the same moment as another change is asked for again.
  if (!commits.some(({ status }) => status === 200)) {
    for (const name of names)
      if (photo || name !== 'photo.jpg') await visitor.send(upload, name, parts[name]!)
    expect((await visitor.commit(upload)).status).toBe(200)
  }
  await expectWhole(visitor, upload, photo)
  expect((await visitor.delete(upload)).status).toBe(204)
  await expectNothing(visitor, upload)
  return 'published'
}
