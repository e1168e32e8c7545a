import type { Result } from '../contract/contract.ts'
import { partAddress, publicParts } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { type Published, readRecord } from './documents.ts'

/**
 * What a page may show of a result.
 *
 * @returns null where there is none: never published, deleted or expired
 */
export async function readResult(
  env: Env,
  id: string,
): Promise<{ state: 'published'; meta: Result } | { state: 'taken-down' } | null> {
  const found = await readRecord(env, id)
  if (found?.document.state === 'taken-down') return { state: 'taken-down' }
  const published = live(found?.document)
  return published ? { state: 'published', meta: describeResult(published) } : null
}

/**
 * The record of a published result.
 *
 * @throws ApiError 410 for one that was taken down, 404 where there is none
 */
export async function publishedRecord(env: Env, id: string): Promise<Published> {
  const found = await readRecord(env, id)
  if (found?.document.state === 'taken-down') throw takenDown()
  const published = live(found?.document)
  if (!published) throw noResult()
  return published
}

/** Results expire by the clock; the cron only clears up after them. */
function live(record: { state: string } | undefined): Published | undefined {
  if (record?.state !== 'published') return undefined
  const published = record as Published
  return Date.parse(published.expires) > Date.now() ? published : undefined
}

/** What everyone may know. Addresses are relative to the service. */
export function describeResult(record: Published): Result {
  const { id, title, visibility, published, expires, textureSize, visiblePsnr, parts } = record
  return {
    state: 'published',
    id,
    title,
    visibility,
    published,
    expires,
    textureSize,
    visiblePsnr,
    page: `/r/${id}`,
    parts: publicParts.flatMap((name) => {
      const part = parts[name]
      return part ? { name, ...part, url: partAddress(id, name) } : []
    }),
  }
}

export function takenDown(): ApiError {
  return new ApiError({
    status: 410,
    code: 'taken-down',
    message: 'This result was taken down.',
    hint: 'It broke the rules or showed someone who did not agree to it. It does not come back.',
  })
}

export function noResult(): ApiError {
  return notFound('this address')
}
