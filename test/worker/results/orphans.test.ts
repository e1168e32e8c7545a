import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { removeOrphans } from '../../../worker/results/orphans.ts'
import {
  create,
  goodParts,
  isolateTests,
  partsWithPhoto,
  publish,
  put,
  putAll,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
const withPhoto = await partsWithPhoto()
isolateTests()

/** Ids that one run looks at here. */
const most = 3
const nobody = 'AAAAAAAAAAAAAAAAAAAAAA'
const sha256 = '0'.repeat(64)

/** As many runs as a whole round takes. */
async function round(): Promise<{ looked: number; removed: number; runs: number }> {
  const sum = { looked: 0, removed: 0, runs: 0 }
  for (let whole = false; !whole; ) {
    const { looked, removed, wholeRound } = await removeOrphans(env, Date.now(), most)
    expect(looked).toBeLessThanOrEqual(most)
    sum.looked += looked
    sum.removed += removed
    sum.runs++
    whole = wholeRound
    expect(sum.runs).toBeLessThan(20)
  }
  return sum
}

test('what lives stays: uploads and results, with their photos, and what is said of them', async () => {
  const upload = await create(withPhoto)
  await putAll(upload, withPhoto)
  await put(await create(parts), 'face.glb', parts['face.glb'])
  const { id } = await publish(withPhoto, { visibility: 'listed' })
  await env.RESULTS.put(`reports/${id}/2026-08-01T12:00:00.000Z-AAAAAAAA`, '{}')
  const before = await storedKeys()
  expect((await round()).removed).toBe(0)
  expect(await storedKeys()).toEqual(before)
})

test('what nothing leads to goes, of no id, of an upload, and of a result', async () => {
  const [upload, result] = [await create(parts), await publish(parts)]
  await putAll(upload, parts)
  const before = await storedKeys()
  const orphans = [
    `results/${nobody}/photo.jpg/${sha256}`,
    `results/${upload.id}/photo.jpg/${sha256}`,
    `results/${upload.id}/face.glb/${sha256}`,
    `results/${result.id}/sampled.png/${sha256}`,
    `gallery/8200000000000-${nobody}`,
    // The result is not listed.
    `gallery/8200000000000-${result.id}`,
    `reports/${nobody}/2026-08-01T12:00:00.000Z-AAAAAAAA`,
    `reports/${upload.id}/2026-08-01T12:00:00.000Z-AAAAAAAA`,
  ]
  for (const key of orphans) await env.RESULTS.put(key, 'left')
  expect((await round()).removed).toBe(orphans.length)
  expect(await storedKeys()).toEqual(before)
})

test('a run looks at so many ids, and the next goes on behind them', async () => {
  const ids = Array.from({ length: 8 }, (_, i) => `${i}`.padStart(22, 'A'))
  for (const id of ids) {
    await env.RESULTS.put(`results/${id}/face.glb/${sha256}`, 'left')
    await env.RESULTS.put(`results/${id}/photo.jpg/${sha256}`, 'left')
  }
  await env.RESULTS.put(`reports/${ids[0]}/2026-08-01T12:00:00.000Z-AAAAAAAA`, 'left')
  expect(await removeOrphans(env, Date.now(), most)).toEqual({ looked: 3, removed: 5, wholeRound: false })
  expect(await removeOrphans(env, Date.now(), most)).toEqual({ looked: 3, removed: 6, wholeRound: false })
  // What comes to lie behind it waits for the next round.
  await env.RESULTS.put(`gallery/8200000000000-${nobody}`, 'left')
  expect(await removeOrphans(env, Date.now(), most)).toMatchObject({ removed: 6 })
  await round()
  await round()
  expect(await storedKeys()).toEqual([])
})

test('an id that cannot be read stops no other', async () => {
  await env.RESULTS.put(`records/${nobody}.json`, 'no JSON')
  await env.RESULTS.put(`results/${nobody}/face.glb/${sha256}`, 'kept')
  await env.RESULTS.put(`results/${'B'.repeat(22)}/face.glb/${sha256}`, 'left')
  expect((await round()).removed).toBe(1)
  expect(await storedKeys()).toEqual([`records/${nobody}.json`, `results/${nobody}/face.glb/${sha256}`])
})
