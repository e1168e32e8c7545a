import { createStore, promisifyRequest } from 'idb-keyval'
import { quietly } from '../quietly.ts'
import { tellOthers } from './channel.ts'
import { type Card, isPhotoOver, type ShelvedFace, type ShelvedPhoto } from './shelved-face.ts'
import { type FirstStoredFace, restored, restoredFirst, type StoredFace, stored } from './stored-face.ts'

/**
 * The shelf in the browser's IndexedDB. A face is up to three records with its own id in their keys, so that two tabs never
 * write over each other's faces:
 *
 * - `['card', id]`: a {@link Card}, some kB; together they are the shelf's index
 * - `['face', id]`: a {@link StoredFace}, with the {@link format} it has; some MB
 * - `['photo', id]`: a {@link ShelvedPhoto}
 *
 * Each function is one transaction: done wholly, or not at all. They throw what IndexedDB does: `QuotaExceededError` where the
 * disk is full, others where storage is closed to the page (private windows, foreign frames).
 */
type Kind = 'card' | 'face' | 'photo'
const kinds: readonly Kind[] = ['card', 'face', 'photo']

/**
 * Version of a face's record. Whoever changes the shape of StoredFace, or of what lies in it, raises it and reads the
 * older ones. (test/e2e/shelf.test.ts holds the shape to it.)
 */
export const format = 3

/** Of the second the heads are stiff; else it is as the third. */
type FaceRecord = { format: 1; face: FirstStoredFace } | { format: 2 | typeof format; face: StoredFace }

/** All records of one face, as they were taken off the shelf. */
export type Taken = readonly [key: IDBValidKey, value: unknown][]

const shelf = () => createStore('facerefiner-shelf', 'shelf')
const key = (kind: Kind, id: string): [Kind, string] => [kind, id]
const allOf = (kind: Kind) => IDBKeyRange.bound([kind], [kind, []])

/** The newest first. Photos whose time is over are thrown away on the way. @param now milliseconds since 1970 */
export async function cards(now: number): Promise<Card[]> {
  const found = await shelf()('readonly', (records) =>
    promisifyRequest<Card[]>(records.getAll(allOf('card'))),
  )
  const over = found.filter((card) => isPhotoOver(card, now))
  // What cannot be thrown away now is no reason not to show the shelf.
  for (const { id } of over) await quietly(() => removePhoto(id))
  return found
    .map((card) => (over.includes(card) ? { ...card, photo: null } : card))
    .sort((a, b) => b.date - a.date || (a.id < b.id ? 1 : -1))
}

/**
 * A face with its photo, where that is kept and its time is not over.
 *
 * @param now milliseconds since 1970
 * @returns null where there is no such face, or of a later version
 */
export async function face(
  id: string,
  now: number,
): Promise<{ face: ShelvedFace; photo: ShelvedPhoto | null } | null> {
  const [card, kept, photo] = await shelf()('readonly', (records) =>
    Promise.all([
      read(records, id),
      promisifyRequest<FaceRecord | undefined>(records.get(key('face', id))),
      promisifyRequest<ShelvedPhoto | undefined>(records.get(key('photo', id))),
    ]),
  )
  const found = kept && (await faceOf(kept))
  const isOver = card !== undefined && isPhotoOver(card, now)
  return found ? { face: found, photo: isOver ? null : (photo ?? null) } : null
}

/**
 * Puts a face on the shelf, or in the place of the one that has the card's id: then its name and photo stay.
 *
 * @param isNew may it be put there where there is none? One that was deleted in another tab does not come back by a change.
 */
export function putFace(card: Card, face: ShelvedFace, isNew: boolean): Promise<void> {
  return change(async (records) => {
    const before = await read(records, card.id)
    if (!before && !isNew) return
    const { name, photo } = before ?? card
    const thumbnail = card.thumbnail ?? before?.thumbnail ?? null
    records.put({ ...card, name, photo, thumbnail }, key('card', card.id))
    records.put({ format, face: stored(face) } satisfies FaceRecord, key('face', card.id))
  })
}

/** Changes what is told of a face. Where it is no longer there, nothing happens. */
export function changeCard(id: string, changed: Partial<Pick<Card, 'name' | 'thumbnail'>>): Promise<void> {
  return change(async (records) => {
    const card = await read(records, id)
    if (card) records.put({ ...card, ...changed }, key('card', id))
  })
}

/** The same face once more. Where it is no longer there, nothing happens. */
export function duplicate(id: string, as: Pick<Card, 'id' | 'name' | 'date'>): Promise<void> {
  return change(async (records) => {
    for (const [[kind], value] of await readAll(records, id)) {
      records.put(kind === 'card' ? { ...(value as Card), ...as } : value, key(kind, as.id))
    }
  })
}

/** Keeps the photo of a face that is there. @param until milliseconds since 1970 */
export function putPhoto(id: string, photo: ShelvedPhoto, until: number): Promise<void> {
  return change(async (records) => {
    const card = await read(records, id)
    if (!card) return
    const bytes = photo.file.size + (photo.original === photo.file ? 0 : photo.original.size)
    records.put({ ...card, photo: { bytes, until } } satisfies Card, key('card', id))
    records.put(photo, key('photo', id))
  })
}

/** Throws the photo away; the face stays. */
export function removePhoto(id: string): Promise<void> {
  return change(async (records) => {
    const card = await read(records, id)
    records.delete(key('photo', id))
    if (card) records.put({ ...card, photo: null } satisfies Card, key('card', id))
  })
}

/** Takes a face off the shelf. @returns what {@link putBack} puts back */
export async function take(id: string): Promise<Taken> {
  let taken: Taken = []
  await change(async (records) => {
    taken = await readAll(records, id)
    for (const [key] of taken) records.delete(key)
  })
  return taken
}

export function putBack(taken: Taken): Promise<void> {
  return change(async (records) => {
    for (const [key, value] of taken) records.put(value, key)
  })
}

export function removeAll(): Promise<void> {
  return change(async (records) => {
    records.clear()
  })
}

/** @param write may wait for nothing but the records' own requests: the transaction ends with the last of them */
async function change(write: (records: IDBObjectStore) => Promise<void>): Promise<void> {
  await shelf()('readwrite', async (records) => {
    const { transaction } = records
    const done = promisifyRequest(transaction)
    try {
      await write(records)
    } catch (error) {
      // Half of it is none of it.
      done.catch(() => {})
      if (transaction.error === null) transaction.abort()
      throw error
    }
    await done
  })
  tellOthers()
}

/** null: of a later version. */
async function faceOf(record: FaceRecord): Promise<ShelvedFace | null> {
  if (record.format === 1) return restoredFirst(record.face)
  return record.format <= format ? restored(record.face) : null
}

const read = (records: IDBObjectStore, id: string) =>
  promisifyRequest<Card | undefined>(records.get(key('card', id)))

/** Those records of a face that there are, the photo last. */
async function readAll(records: IDBObjectStore, id: string): Promise<[[Kind, string], unknown][]> {
  const read = await Promise.all(
    kinds.map(async (kind) => {
      const value: unknown = await promisifyRequest(records.get(key(kind, id)))
      return [key(kind, id), value] as [[Kind, string], unknown]
    }),
  )
  return read.filter(([, value]) => value !== undefined)
}
