import type { Env } from '../env.ts'
import { limits } from '../limits.ts'
import { expiryPrefix, keysUnder, partsPrefix, readExpiryKey, uploadKey } from './layout.ts'
import { publishedBefore } from './publish.ts'
import { removeObjects } from './remove.ts'
import { may, readStanding } from './standing.ts'

/**
 * Removes what has expired: results, uploads that were never published, deletions that broke off. Expiry entries lie in
 * the order of their time and an entry goes last, so that a run that breaks off or has too much to do is continued by
 * the next.
 *
 * @param now milliseconds since 1970
 * @returns how many entries were dealt with, and how many failed and stay for the next run
 */
export async function cleanUp(env: Env, now: number): Promise<{ done: number; failed: number }> {
  const { listed, resultsPerRun } = limits.cleanUp
  const count = { done: 0, failed: 0 }
  let startAfter: string | undefined
  while (count.done + count.failed < resultsPerRun) {
    const page = await env.RESULTS.list({ prefix: expiryPrefix, startAfter, limit: listed })
    for (const { key } of page.objects) {
      const { time, id } = readExpiryKey(key)
      if (Date.parse(time) > now || count.done + count.failed >= resultsPerRun) return count
      try {
        await settle(env, id, now)
        await env.RESULTS.delete(key)
        count.done++
      } catch (error) {
        console.error(error)
        count.failed++
      }
    }
    if (!page.truncated) return count
    startAfter = page.objects.at(-1)?.key
  }
  return count
}

/** Brings one result to the state that it should have at `now`. */
async function settle(env: Env, id: string, now: number): Promise<void> {
  const standing = await readStanding(env, id, now)
  if (may('show', standing)) await publishedBefore(env, standing)
  else if (may('clearUp', standing)) await removeObjects(env, standing.document)
  // Its own entry comes a day and an hour after its beginning; others may stand here from a commit that broke off.
  else if (!may('send', standing)) await removeLeftovers(env, id)
}

/** Removes the upload of an id that has no record. */
async function removeLeftovers(env: Env, id: string): Promise<void> {
  const parts = await keysUnder(env.RESULTS, partsPrefix(id))
  await env.RESULTS.delete([...parts, uploadKey(id)])
}
