import type { z } from 'zod'
import type { commitRequest } from '../contract/contract.ts'
import { type PartName, partNames } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limits } from '../limits.ts'
import {
  type PartBytes,
  type Refusal,
  type Validated,
  ValidationError,
  validate,
} from '../validation/validate.ts'
import { createRecord, type PendingUpload, type Published, readUpload } from './documents.ts'
import { updateGallery } from './gallery.ts'
import { knownModels } from './known-models.ts'
import { expiryKey, keysUnder, partKey, partsPrefix, uploadKey } from './layout.ts'
import { noResult } from './refusals.ts'
import { removeObjects } from './remove.ts'
import { may, readRecordStanding, type Standing } from './standing.ts'

/** What its owner says of it; nothing at all leaves it untitled and unlisted. */
type Wish = z.infer<typeof commitRequest>

/**
 * Checks the parts of an upload and publishes them. The record is written when everything else is there; it is written
 * only where there is none, so that of two commits at once one publishes and both answer the same.
 *
 * @throws ApiError 422 naming the part that is missing or fails
 */
export async function publish(env: Env, upload: PendingUpload, wish: Wish): Promise<Published> {
  const { id } = upload
  const parts = await readParts(env, upload)
  if (typeof parts === 'string') {
    // Another commit may have been faster and have taken the sampled texture away.
    const meanwhile = await readRecordStanding(env, id)
    if (meanwhile.is === 'nothing') throw partMissing(parts)
    return publishedMeanwhile(env, meanwhile)
  }
  const record = recordOf(upload, wish, await checked(parts, env))
  await env.RESULTS.put(expiryKey(record.expires, id), '')
  if (!(await createRecord(env, record))) {
    const faster = await publishedMeanwhile(env, await readRecordStanding(env, id))
    // Both may have come to the same millisecond, and so to the same entry.
    if (faster.expires !== record.expires) await env.RESULTS.delete(expiryKey(record.expires, id))
    return faster
  }
  // Only who writes the record takes the upload away: where it is gone, its owner deleted it while it was checked.
  if (!(await env.RESULTS.head(uploadKey(id)))) {
    await removeObjects(env, record)
    throw noResult()
  }
  await finishPublishing(env, record, upload)
  return record
}

/** The record of an upload that is published now. */
function recordOf({ id, owner, key, parts }: PendingUpload, wish: Wish, validated: Validated): Published {
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
    visiblePsnr,
  }
}

/**
 * What an earlier commit published, finished where that broke off.
 *
 * @returns undefined where none did
 */
export async function publishedBefore(env: Env, standing: Standing): Promise<Published | undefined> {
  if (!may('commitAgain', standing)) return undefined
  const record = standing.document
  const unfinished = await readUpload(env, record.id)
  if (unfinished) await finishPublishing(env, record, unfinished.document)
  return record
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
  const kept = new Set(
    Object.entries(record.parts).map(([name, { sha256 }]) => partKey(record.id, name as PartName, sha256)),
  )
  const stored = await keysUnder(env.RESULTS, partsPrefix(record.id))
  const spare = stored.filter((key) => !kept.has(key))
  if (spare.length > 0) await env.RESULTS.delete(spare)
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
