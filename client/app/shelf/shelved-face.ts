import type { FaceBox } from '../../face/types.ts'
import type { Choices } from '../choices.ts'
import type { OpenPhoto } from '../photo/open-photo.ts'
import type { Result } from '../result.ts'

/** A face as the page needs it to show, download and share it again; with its photo also to change it. */
export interface ShelvedFace extends Choices {
  /** Of the photo, largest first. */
  faces: readonly FaceBox[]
  result: Result
}

/** As it lies on the shelf: the address is the page's own. */
export type ShelvedPhoto = Omit<OpenPhoto, 'url'>

/** What is told of a face without opening it. */
export interface Card {
  id: string
  name: string
  /** When its newest result was finished: milliseconds since 1970. */
  date: number
  /** Small picture as a `data:` address; null: there is none yet, or this browser cannot draw. */
  thumbnail: string | null
  /** Of the face, its photo left out. */
  bytes: number
  /** The photo that is kept with it; null: none is. */
  photo: { bytes: number; until: number } | null
}

/** Milliseconds that a photo is kept for. */
export const photoDays = 30
const day = 24 * 60 * 60 * 1000

/** When a photo that is kept from now on goes: milliseconds since 1970. */
export const photoEnd = (now: number): number => now + photoDays * day

/** Is its photo's time over? */
export const isPhotoOver = ({ photo }: Pick<Card, 'photo'>, now: number): boolean =>
  photo !== null && photo.until <= now

/** What a face takes on the device, its photo included. */
export const bytesOf = ({ bytes, photo }: Pick<Card, 'bytes' | 'photo'>): number =>
  bytes + (photo?.bytes ?? 0)

/** @example nameOf('IMG_2034.jpg') // -> 'IMG_2034' */
export const nameOf = (file: string): string => file.replace(/(.)\.\w{2,5}$/, '$1')

/** Bytes of all binary data in a value, whatever it lies in; the few names and numbers around it are not counted. */
export function binaryBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (value instanceof Blob) return value.size
  if (!value || typeof value !== 'object') return 0
  return Object.values(value).reduce((sum: number, each) => sum + binaryBytes(each), 0)
}
