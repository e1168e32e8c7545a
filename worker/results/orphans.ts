import type { Env } from '../env.ts'
import { limits } from '../limits.ts'
import { belongs } from './kept.ts'
import { galleryId, galleryPrefix, idOfPart, idOfReport, partsRoot, reportsRoot } from './layout.ts'
import { readStanding } from './standing.ts'

/** Where the last run stopped. There is none after a whole round. */
const placeKey = 'config/orphans.json'

/** What may be left without its id: under which prefix, and whose a key is. In the order of their keys. */
const sorts = [
  { prefix: galleryPrefix, idOf: galleryId },
  { prefix: reportsRoot, idOf: idOfReport },
  { prefix: partsRoot, idOf: idOfPart },
]

/** R2 lists and deletes this many keys at once. */
const pageSize = 1000
/** Ids that are asked for at the same time. */
const atOnce = 50

/**
 * Looks at what is stored, some of it in each run and on from there in the next, and removes what does not belong to its id,
 * whether or not an expiry entry names it.
 *
 * @param now milliseconds since 1970
 * @param most ids that one run looks at
 * @returns how many ids were looked at, how many objects were removed, and whether the round came to its end
 */
export async function removeOrphans(
  env: Env,
  now: number,
  most: number = limits.cleanUp.idsPerRun,
): Promise<{ looked: number; removed: number; wholeRound: boolean }> {
  const count = { looked: 0, removed: 0 }
  const place = await env.RESULTS.get(placeKey)
  let after = place && (await place.json<{ after: string }>()).after
  for (const { prefix, idOf } of sorts) {
    if (after && after > prefix && !after.startsWith(prefix)) continue
    let startAfter = after?.startsWith(prefix) ? after : undefined
    after = null
    for (;;) {
      const page = await env.RESULTS.list({ prefix, startAfter, limit: pageSize })
      const byId = Map.groupBy(
        page.objects.map(({ key }) => key),
        idOf,
      )
      const ids = [...byId].slice(0, most - count.looked)
      const orphans = await findOrphans(env, ids, now)
      if (orphans.length > 0) await env.RESULTS.delete(orphans)
      count.looked += ids.length
      count.removed += orphans.length
      startAfter = ids.at(-1)?.[1].at(-1) ?? startAfter
      if (count.looked >= most) {
        await env.RESULTS.put(placeKey, JSON.stringify({ after: startAfter }))
        return { ...count, wholeRound: false }
      }
      if (!page.truncated) break
    }
  }
  if (place) await env.RESULTS.delete(placeKey)
  return { ...count, wholeRound: true }
}

/** Each standing is read after its keys were listed: what is stored later looks after itself. */
async function findOrphans(env: Env, ids: [id: string, keys: string[]][], now: number): Promise<string[]> {
  const orphans: string[] = []
  for (let i = 0; i < ids.length; i += atOnce) {
    const found = ids.slice(i, i + atOnce).map(async ([id, keys]) => {
      try {
        const standing = await readStanding(env, id, now)
        return keys.filter((key) => !belongs(key, standing))
      } catch (error) {
        console.error(error)
        return []
      }
    })
    orphans.push(...(await Promise.all(found)).flat())
  }
  return orphans
}
