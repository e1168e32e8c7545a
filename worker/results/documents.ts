import type { DeclaredParts, Visibility } from '../contract/contract.ts'
import { plainLine } from '../contract/plain-text.ts'
import type { Env } from '../env.ts'
import type { Pictures } from '../validation/validate.ts'
import { recordKey, uploadKey } from './layout.ts'

/** Who may do what with a result. */
interface Owned {
  id: string
  /** sha256 of the owner token. */
  owner: string
  /** Id of the widget key that it came with. */
  key?: string
}

/** What every record says, and so what leads to whatever else there is of a result. Times are ISO 8601. */
interface Lasting {
  published: string
  expires: string
  /**
   * The upload that it was made of: its version, and its expiry entry. Whether it was still the same is looked at once the
   * record is there; where another commit than the one that wrote the record clears the upload away, this goes. Older
   * records have none.
   */
  upload?: { etag: string; expiry: string }
}

/** What was declared and is not published yet. Times are ISO 8601. */
export interface PendingUpload extends Owned {
  created: string
  deadline: string
  /** Key of its expiry entry. */
  expiry: string
  parts: DeclaredParts
}

export interface Published extends Owned, Lasting {
  state: 'published'
  title: string
  visibility: Visibility
  parts: Omit<DeclaredParts, 'sampled.png'>
  textureSize: number
  /** Of the pictures; results from before this was kept have none. */
  pictures?: Pictures
  /** As the record of the run names it. */
  preset: string
  visiblePsnr: number | null
}

/** Its owner deleted it, and its objects are going. */
export interface Deleting extends Owned, Lasting {
  state: 'deleting'
}

/** What is kept of a result that a moderator took down. */
export interface TakenDown extends Lasting {
  state: 'taken-down'
  id: string
  takenDown: string
  reason: string
}

export type ResultRecord = Published | Deleting | TakenDown

/** A stored document and the version that was read. */
export interface Versioned<T> {
  document: T
  etag: string
}

export function readUpload(env: Env, id: string): Promise<Versioned<PendingUpload> | undefined> {
  return read(env, uploadKey(id))
}

/** Titles are plain as they come out of it, also those that were stored before that was asked of them. */
export async function readRecord(env: Env, id: string): Promise<Versioned<ResultRecord> | undefined> {
  const record = await read<ResultRecord>(env, recordKey(id))
  if (record?.document.state === 'published' && record.document.title)
    record.document.title = plainLine(record.document.title)
  return record
}

/** @returns false where the upload has changed since it was read, or is gone */
export function replaceUpload(env: Env, upload: PendingUpload, etag: string): Promise<boolean> {
  return write(env, uploadKey(upload.id), upload, { etagMatches: etag })
}

export function createUpload(env: Env, upload: PendingUpload): Promise<boolean> {
  return write(env, uploadKey(upload.id), upload, { etagDoesNotMatch: '*' })
}

/** @returns false where there is one already */
export function createRecord(env: Env, record: ResultRecord): Promise<boolean> {
  return write(env, recordKey(record.id), record, { etagDoesNotMatch: '*' })
}

/** @returns false where the record has changed since it was read, or is gone */
export function replaceRecord(env: Env, record: ResultRecord, etag: string): Promise<boolean> {
  return write(env, recordKey(record.id), record, { etagMatches: etag })
}

async function read<T>(env: Env, key: string): Promise<Versioned<T> | undefined> {
  const object = await env.RESULTS.get(key)
  return object ? { document: await object.json<T>(), etag: object.etag } : undefined
}

async function write(env: Env, key: string, document: object, onlyIf: R2Conditional): Promise<boolean> {
  const httpMetadata = { contentType: 'application/json' }
  return (await env.RESULTS.put(key, JSON.stringify(document), { onlyIf, httpMetadata })) !== null
}
