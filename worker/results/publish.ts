import type { z } from 'zod'
import type { commitRequest } from '../contract/contract.ts'
import { type PartName, partNames } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { type Payer, takeQuota } from '../metering/take-quota.ts'
import {
  type PartBytes,
  type Refusal,
  type Validated,
  ValidationError,
  validate,
} from '../validation/validate.ts'
import {
  createRecord,
  type PendingUpload,
  type Published,
  readRecord,
  readUpload,
  replaceRecord,
  type Versioned,
} from './documents.ts'
import { updateGallery } from './gallery.ts'
import { sweepParts } from './kept.ts'
import { knownModels } from './known-models.ts'
import { expiryKey, partKey, recordKey, uploadKey } from './layout.ts'
import { busy, noResult } from './refusals.ts'
import { removeObjects } from './remove.ts'
import { may, readRecordStanding, type Standing } from './standing.ts'

/** What its owner says of it; nothing at all leaves it untitled and unlisted. */
type Wish = z.infer<typeof commitRequest>

/**
 * Checks the parts of an upload and publishes them. The record is written when everything else is there; it is written
 * only where there is none, so that of two commits at once one publishes and both answer the same.
 *
 * @param version the upload as it was just read
 * @throws ApiError 422 naming the part that is missing or fails; 429 where the day's quota is used up; 409 where it was
 *   declared anew meanwhile, 404 where it was deleted
 */
export async function publish(
  env: Env,
  payer: Payer,
  version: Versioned<PendingUpload>,
  wish: Wish,
): Promise<Published> {
  const { document: upload, etag } = version
  const { id } = upload
  await takeQuota(env, payer, { take: { writes: 1 } })
  const parts = await readParts(env, upload)
  if (typeof parts === 'string') {
    // Another commit may have been faster and have taken the sampled texture away.
    const meanwhile = await readRecordStanding(env, id)
    if (meanwhile.is === 'nothing') throw partMissing(parts)
    return publishedMeanwhile(env, meanwhile)
  }
  const record = recordOf(version, wish, await checked(parts, env))
  await takeQuota(env, payer, { name: `result:${id}`, take: { results: 1 } })
  await env.RESULTS.put(expiryKey(record.expires, id), '')
  if (!(await createRecord(env, record))) {
    const faster = await publishedMeanwhile(env, await readRecordStanding(env, id))
    // Both may have come to the same millisecond, and so to the same entry.
    if (faster.expires !== record.expires) await env.RESULTS.delete(expiryKey(record.expires, id))
    return faster
  }
  // Whoever deletes the upload or declares it anew sees the record from here on; who was faster is seen now.
  const left = await env.RESULTS.head(uploadKey(id))
  if (!left) return finishedOrDeleted(env, record)
  if (left.etag !== etag) {
    await takeBack(env, record)
    throw busy()
  }
  await finishPublishing(env, record, upload)
  return record
}

/** Another commit finished this record, or its owner deleted the upload while it was checked. @throws ApiError 404 */
async function finishedOrDeleted(env: Env, record: Published): Promise<Published> {
  const now = (await readRecord(env, record.id))?.document
  if (now?.state === 'published' && now.upload?.etag !== record.upload?.etag) return now
  if (now?.state === 'published') await removeObjects(env, record)
  throw noResult()
}

/** The upload was declared anew while it was checked: what is published would not be what its owner declares. */
async function takeBack(env: Env, { id, expires, upload }: Published): Promise<void> {
  const now = (await readRecord(env, id))?.document
  if (now?.state !== 'published' || now.upload?.etag !== upload?.etag) return
  await env.RESULTS.delete([recordKey(id), expiryKey(expires, id)])
  await sweepParts(env, id)
}

/** The record of an upload that is published now. */
function recordOf(
  { document: { id, owner, key, parts, expiry }, etag }: Versioned<PendingUpload>,
  wish: Wish,
  validated: Validated,
): Published {
  const { record: run, textureSize, visiblePsnr, pictures } = validated
  const now = Date.now()
  const { 'sampled.png': _, ...kept } = parts
  return {
    state: 'published',
    id,
    owner,
    key,
    title: wish.title ?? '',
    visibility: wish.visibility ?? 'unlisted',
    published: new Date(now).toISOString(),
    expires: new Date(now + limits.days * 86_400_000).toISOString(),
    parts: kept,
    textureSize,
    pictures,
    preset: run.preset,
    upload: { etag, expiry },
    visiblePsnr,
  }
}

/**
 * What an earlier commit published, finished where that broke off.
 *
 * @returns undefined where none did
 * @throws ApiError 409 where it changes at the same moment
 */
export async function publishedBefore(env: Env, standing: Standing): Promise<Published | undefined> {
  if (!may('commitAgain', standing)) return undefined
  const { document: record, etag } = standing
  const unfinished = await readUpload(env, record.id)
  if (!unfinished) return record
  if (record.upload !== undefined) {
    if (record.upload.etag !== unfinished.etag) throw busy()
    // Whoever wrote the record may be about to look for the upload: it is told that this commit takes it away. Where that
    // does not succeed, another one is at it.
    if (!(await replaceRecord(env, { ...record, upload: undefined }, etag))) return record
  }
  await finishPublishing(env, record, unfinished.document)
  return record
}

/** Finishes, a day later, what an earlier commit published: nobody else is at it any more. */
export async function finishLate(env: Env, record: Published): Promise<void> {
  const unfinished = await readUpload(env, record.id)
  if (unfinished) await finishPublishing(env, record, unfinished.document)
}

/** The result of the commit that was faster. @throws ApiError 404 where that is gone again */
async function publishedMeanwhile(env: Env, standing: Standing): Promise<Published> {
  const published = await publishedBefore(env, standing)
  if (!published) throw noResult()
  return published
}

/**
 * What comes after the record: the gallery, and clearing away what only the checks needed. Everything in it may be
 * repeated; the upload goes last and marks what is unfinished.
 */
async function finishPublishing(env: Env, record: Published, upload: PendingUpload): Promise<void> {
  await updateGallery(env, record)
  await sweepParts(env, record.id)
  await env.RESULTS.delete([upload.expiry, uploadKey(record.id)])
}

/** @returns the bytes of all parts, or the name of one that is not there */
async function readParts(env: Env, upload: PendingUpload): Promise<PartBytes | PartName> {
  const parts: Partial<Record<PartName, Uint8Array>> = {}
  for (const name of partNames) {
    const declared = upload.parts[name]
    if (!declared) continue
    const object = await env.RESULTS.get(partKey(upload.id, name, declared.sha256))
    if (!object) return name
    parts[name] = new Uint8Array(await object.arrayBuffer())
  }
  return parts as PartBytes
}

function partMissing(part: PartName): ApiError {
  return failed({
    part,
    code: 'part-missing',
    message: `${part} has not arrived.`,
    hint: 'Send it, then commit again.',
  })
}

async function checked(parts: PartBytes, env: Env): Promise<Validated> {
  try {
    return await validate(parts, await knownModels(env))
  } catch (error) {
    if (error instanceof ValidationError) throw failed(error)
    throw error
  }
}

function failed({ part, code, message, hint }: Refusal): ApiError {
  return new ApiError({ status: 422, code, message, hint, part })
}
