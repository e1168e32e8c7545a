import type { Visibility } from '../contract/contract.ts'
import type { Env } from '../env.ts'
import { type Published, replaceRecord } from './documents.ts'
import { updateGallery } from './gallery.ts'
import { expiryKey } from './layout.ts'
import { busy } from './refusals.ts'
import { may, permit, readRecordStanding, type Standing } from './standing.ts'

/**
 * Changes what an owner may change. What hides a result is done in the gallery first, what shows it in the record
 * first: it is never shown without its owner's last word.
 *
 * @param standing where the result stands, as it was just read
 * @throws ApiError 404, 410 where it is gone; 409 where it changes at the same moment
 */
export async function changeResult(
  env: Env,
  standing: Standing,
  change: { title?: string; visibility?: Visibility; days?: number },
): Promise<Published> {
  const { document: before, etag } = permit('show', standing)
  const { id } = before
  const { title = before.title, visibility = before.visibility, days } = change
  const expires = days ? new Date(Date.now() + days * 86_400_000).toISOString() : before.expires
  const after: Published = { ...before, title, visibility, expires }
  if (visibility === 'unlisted') await updateGallery(env, after)
  if (expires !== before.expires) await env.RESULTS.put(expiryKey(expires, id), '')
  if (!(await replaceRecord(env, after, etag))) {
    // Another change, or the end of it, was faster: an entry that nothing leads to stands for nothing.
    const now = await readRecordStanding(env, id)
    const leads = may('show', now) && now.document.expires === expires
    if (expires !== before.expires && !leads) await env.RESULTS.delete(expiryKey(expires, id))
    throw busy()
  }
  await updateGallery(env, after)
  if (expires !== before.expires) await env.RESULTS.delete(expiryKey(before.expires, id))
  return after
}
