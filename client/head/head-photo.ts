import type { Photo } from '../image/photo.ts'

/** What the photo showed when the face was captured. */
export interface HeadPhoto {
  photo: Photo
  /** height x width of the photo, 0..1: is this pixel the person's? */
  person: Float32Array
  /** height x width, not 0 where the photo must not be believed. */
  distrust?: Uint8Array
}
