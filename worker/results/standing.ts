import type { Env } from '../env.ts'
import type { ApiError } from '../http/errors.ts'
import {
  type Deleting,
  type PendingUpload,
  type Published,
  type ResultRecord,
  readRecord,
  readUpload,
  type TakenDown,
  type Versioned,
} from './documents.ts'
import { alreadyPublished, keyUsed, noResult, takenDown, uploadTooOld } from './refusals.ts'

/** Where an id can stand that something is known of, and which file says so. */
interface Files {
  /** Declared; its parts are coming. */
  pending: PendingUpload
  /** Declared, and its time to be published is over. */
  'too-old': PendingUpload
  published: Published
  /** Its time is over. Results expire by the clock; the cron only clears up after them. */
  expired: Published
  /** Its owner deleted it, and its objects are going. */
  deleting: Deleting
  /** A moderator did; this word is all that stays of it. */
  'taken-down': TakenDown
}
type Name = keyof Files | 'nothing'

/** Where an id stands, with what its record says, or where it has none, its upload. Nothing: never begun, or gone. */
export type Standing =
  | { is: 'nothing' }
  | { [Is in keyof Files]: { is: Is } & Versioned<Files[Is]> }[keyof Files]

/** What may be done, and where a result must stand for it; elsewhere it is refused. */
const permitted = {
  /** Everyone reads and reports it, its owner changes it. */
  show: ['published'],
  /** Its owner token is good for something. */
  own: ['pending', 'too-old', 'published', 'expired', 'deleting'],
  /** Its owner sends parts, declares them anew, and commits. */
  send: ['pending'],
  /** A commit that is sent again is answered the same. */
  commitAgain: ['published', 'expired'],
  /** A request with its Idempotency-Key begins it, or is told what was begun. */
  begin: ['nothing', 'pending', 'too-old'],
  delete: ['published', 'expired', 'deleting'],
  takeDown: ['published', 'expired', 'deleting', 'taken-down'],
  /** The cron removes what lies about of it. */
  clearUp: ['expired', 'deleting', 'taken-down'],
} as const satisfies Record<string, readonly Name[]>

export type Act = keyof typeof permitted
/** The standings in which an act is permitted. */
export type Permitting<A extends Act> = Extract<Standing, { is: (typeof permitted)[A][number] }>

export function may<A extends Act>(act: A, standing: Standing): standing is Permitting<A> {
  return (permitted[act] as readonly string[]).includes(standing.is)
}

/**
 * The same standing, of which the act is permitted.
 *
 * @throws ApiError 404 where there is nothing or nothing more, 410 where it was taken down or is too old to be published,
 *   409 where it is published already
 */
export function permit<A extends Act>(act: A, standing: Standing): Permitting<A> {
  if (may(act, standing)) return standing
  throw refusal(act, standing)
}

function refusal(act: Act, { is }: Standing): ApiError {
  if (is === 'taken-down') return takenDown()
  if (act === 'begin') return keyUsed('Its result is published.')
  if (act === 'send' && (is === 'published' || is === 'expired')) return alreadyPublished()
  if (act === 'send' && is === 'too-old') return uploadTooOld()
  return noResult()
}

/** Is it an upload that is not published? */
export function isUpload(standing: Standing): standing is Extract<Standing, Versioned<PendingUpload>> {
  return standing.is === 'pending' || standing.is === 'too-old'
}

/** Is it what stays of a result for good? */
export function isTombstone(record: ResultRecord): boolean {
  return record.state === 'taken-down'
}

/** @param now milliseconds since 1970 */
export async function readStanding(env: Env, id: string, now = Date.now()): Promise<Standing> {
  const record = await readRecord(env, id)
  return standingOf(record, record ? undefined : await readUpload(env, id), now)
}

/** Where a record stands alone; the upload that may be there in its place is `nothing`. */
export async function readRecordStanding(env: Env, id: string): Promise<Standing> {
  return standingOf(await readRecord(env, id))
}

/**
 * The record of a published result.
 *
 * @throws ApiError 410 for one that was taken down, 404 where there is none
 */
export async function publishedRecord(env: Env, id: string): Promise<Published> {
  return permit('show', await readRecordStanding(env, id)).document
}

/**
 * Where an id stands whose files were read.
 *
 * @param now milliseconds since 1970
 */
export function standingOf(
  record: Versioned<ResultRecord> | undefined,
  upload?: Versioned<PendingUpload>,
  now = Date.now(),
): Standing {
  if (record) {
    const { document, etag } = record
    if (document.state !== 'published') return { is: document.state, document, etag } as Standing
    return { is: Date.parse(document.expires) > now ? 'published' : 'expired', document, etag }
  }
  if (!upload) return { is: 'nothing' }
  return { is: Date.parse(upload.document.deadline) > now ? 'pending' : 'too-old', ...upload }
}
