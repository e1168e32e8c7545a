import type { Env } from '../env.ts'
import { limits } from '../limits.ts'
import {
  expiryKeys,
  expiryPrefix,
  galleryKey,
  keysUnder,
  partsPrefix,
  readExpiryKey,
  recordKey,
  reportsPrefix,
  uploadKey,
} from './layout.ts'
import { finishLate } from './publish.ts'
import { isTombstone, may, readStanding } from './standing.ts'

/** R2 deletes this many keys at once. */
const deletedAtOnce = 1000
/** Entries that are looked at together, so that their objects go in few calls. */
const group = 50

/** What is to be deleted of an id, first to last: whatever breaks off in between, the rest is still led to. */
interface Leftovers {
  objects: string[]
  records: string[]
  entries: string[]
}

/**
 * Removes what has expired: results, uploads that were never published, deletions that broke off. Expiry entries lie in
 * the order of their time and an entry goes last, so that a run that breaks off or has too much to do is continued by
 * the next.
 *
 * @param now milliseconds since 1970
 * @returns how many entries were dealt with, and how many failed and stay for the next run
 */
export async function cleanUp(env: Env, now: number): Promise<{ done: number; failed: number }> {
  const count = { done: 0, failed: 0 }
  let startAfter: string | undefined
  for (let left: number = limits.cleanUp.entriesPerRun; left > 0; left -= group) {
    const page = await env.RESULTS.list({ prefix: expiryPrefix, startAfter, limit: Math.min(group, left) })
    const due = page.objects.map(({ key }) => key).filter((key) => Date.parse(readExpiryKey(key).time) <= now)
    const done = await settle(env, due, now)
    count.done += done
    count.failed += due.length - done
    if (!page.truncated || due.length < page.objects.length) break
    startAfter = due.at(-1)
  }
  return count
}

/** Brings what some entries lead to into the state that it should have at `now`. @returns how many that worked for */
async function settle(env: Env, entries: string[], now: number): Promise<number> {
  const found = await Promise.allSettled(entries.map((entry) => leftovers(env, entry, now)))
  for (const outcome of found) if (outcome.status === 'rejected') console.error(outcome.reason)
  const all = found.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  try {
    for (const step of ['objects', 'records', 'entries'] as const) {
      const keys = all.flatMap((one) => one[step])
      for (let i = 0; i < keys.length; i += deletedAtOnce) {
        await env.RESULTS.delete(keys.slice(i, i + deletedAtOnce))
      }
    }
  } catch (error) {
    console.error(error)
    return 0
  }
  return all.length
}

/** What is to go for an entry that is due, and at least the entry itself. */
async function leftovers(env: Env, entry: string, now: number): Promise<Leftovers> {
  const { id } = readExpiryKey(entry)
  const standing = await readStanding(env, id, now)
  if (may('clearUp', standing)) {
    const { document } = standing
    const under = [partsPrefix(id), reportsPrefix(id)].map((prefix) => keysUnder(env.RESULTS, prefix))
    return {
      objects: [...(await Promise.all(under)).flat(), galleryKey(document.published, id), uploadKey(id)],
      records: isTombstone(document) ? [] : [recordKey(id)],
      entries: [entry, ...expiryKeys(document)],
    }
  }
  if (may('show', standing)) await finishLate(env, standing.document)
  // Its own entry comes a day and an hour after its beginning; others may stand here from a commit that broke off.
  if (may('show', standing) || may('send', standing)) return { objects: [], records: [], entries: [entry] }
  const parts = await keysUnder(env.RESULTS, partsPrefix(id))
  return { objects: [...parts, uploadKey(id)], records: [], entries: [entry] }
}
