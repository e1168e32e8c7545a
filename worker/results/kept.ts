import type { PartName } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { galleryKey, keysUnder, partKey, partsPrefix, reportsPrefix } from './layout.ts'
import { may, readStanding, type Standing } from './standing.ts'

// What is stored under an id may be overtaken by the end of what it belongs to: a part that was on its way when its upload
// was deleted, a report that was written when its result went. Whoever stores such a thing looks afterwards whether it still
// belongs; whoever ends something writes that down before looking for what is to go. So one of the two sees the other, and
// the cron finds what broke off in between (orphans.ts).

/** Does a part, a report or a gallery entry belong to its id, as that stands? */
export function belongs(key: string, standing: Standing): boolean {
  if (standing.is === 'pending' || standing.is === 'too-old') return partKeys(standing.document).includes(key)
  if (!may('show', standing)) return false
  const { id, published, visibility } = standing.document
  if (key === galleryKey(published, id)) return visibility === 'listed'
  return key.startsWith(reportsPrefix(id)) || partKeys(standing.document).includes(key)
}

/** Deletes the parts of an id that it does not declare. @returns how it stood when they had been listed */
export async function sweepParts(env: Env, id: string): Promise<Standing> {
  const stored = await keysUnder(env.RESULTS, partsPrefix(id))
  const standing = await readStanding(env, id)
  const spare = stored.filter((key) => !belongs(key, standing))
  if (spare.length > 0) await env.RESULTS.delete(spare)
  return standing
}

function partKeys({ id, parts }: { id: string; parts: object }): string[] {
  return Object.entries(parts).map(([name, { sha256 }]) => partKey(id, name as PartName, sha256))
}
