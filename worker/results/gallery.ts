import type { GalleryEntry } from '../contract/contract.ts'
import { partAddress, shownPart } from '../contract/parts.ts'
import { plainLine } from '../contract/plain-text.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { edgeCache } from './cache.ts'
import type { Published } from './documents.ts'
import { galleryId, galleryKey, galleryPrefix } from './layout.ts'
import { may, readRecordStanding } from './standing.ts'

/** What a gallery entry carries in its metadata, so that a page costs one listing and no reads. */
interface EntryMetadata extends Record<string, string> {
  /** URI-encoded: metadata travels as headers. */
  title: string
  published: string
  textureSize: string
  /** What is shown in 3D. */
  shown: string
  expires: string
}

/**
 * A page of listed results, newest first.
 *
 * @param cursor from the page before
 * @throws ApiError 400 for a cursor that is none
 */
export async function listGallery(
  env: Env,
  cursor: string | undefined,
  limit: number,
): Promise<{ results: GalleryEntry[]; cursor: string | null }> {
  const page = await env.RESULTS.list({
    prefix: galleryPrefix,
    startAfter: cursor && decodeCursor(cursor),
    limit,
    include: ['customMetadata'],
  })
  const results = page.objects.flatMap(({ key, customMetadata }) => {
    // Entries from before there were heads do not say what is shown.
    const { title, published, textureSize, shown = 'face.glb', expires } = customMetadata as EntryMetadata
    if (Date.parse(expires) <= Date.now()) return []
    const id = galleryId(key)
    return {
      id,
      title: plainLine(decodeURIComponent(title)),
      published,
      textureSize: Number(textureSize),
      preview: partAddress(id, 'preview.jpg'),
      glb: partAddress(id, shown as ReturnType<typeof shownPart>),
      page: `/r/${id}`,
    }
  })
  const last = page.objects.at(-1)?.key
  return { results, cursor: page.truncated && last ? last.slice(galleryPrefix.length) : null }
}

/**
 * Keeps the newest page at this place. What is deleted while that is done has been purged already, and must not be named
 * again: a page that is not the newest any more goes.
 *
 * @param key where it is kept @param shown on the page
 */
export async function keepNewest(
  env: Env,
  key: string,
  answer: Response,
  shown: readonly GalleryEntry[],
): Promise<void> {
  await edgeCache().put(key, answer)
  const { results } = await listGallery(env, undefined, limits.gallery.pageSize)
  if (JSON.stringify(results) !== JSON.stringify(shown)) await edgeCache().delete(key)
}

/** A cursor is the last key of the page before, without its prefix: it stays good whatever is added or removed. */
export const cursorPattern = /^\d{13}-[A-Za-z0-9_-]{22}$/

function decodeCursor(cursor: string): string {
  if (cursorPattern.test(cursor)) return galleryPrefix + cursor
  throw new ApiError({
    status: 400,
    code: 'bad-cursor',
    message: 'This is no cursor of the gallery.',
    hint: 'Take it from the page before, or leave it out.',
  })
}

/** Makes the gallery say what the record says. */
export async function updateGallery(env: Env, record: Published): Promise<void> {
  const key = galleryKey(record.published, record.id)
  if (record.visibility === 'unlisted') {
    await env.RESULTS.delete(key)
    return
  }
  const customMetadata: EntryMetadata = {
    title: encodeURIComponent(record.title),
    published: record.published,
    textureSize: String(record.textureSize),
    shown: shownPart(record.parts),
    expires: record.expires,
  }
  await env.RESULTS.put(key, '', { customMetadata })
  // Deleted or hidden between the record and here: nothing may come back.
  const now = await readRecordStanding(env, record.id)
  if (!may('show', now) || now.document.visibility !== 'listed') await env.RESULTS.delete(key)
}
