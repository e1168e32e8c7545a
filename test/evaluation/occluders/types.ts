import type { Photo } from '../../../client/image/photo.ts'

/** What an occluder does to a photo. */
export interface Occlusion {
  /** height x width, 1 where the photo is covered. */
  mask: Uint8Array
  /** height x width x 4, what covers it; alpha is 0 exactly where mask is 0. */
  paint: Uint8ClampedArray
}

/** Something in front of a face, drawn so that it covers parts of both sides. */
export interface Occluder {
  name: string
  /**
   * @param landmarks 478 x 3, photo pixels, MediaPipe's numbers
   * @param seed the same seed draws the same
   */
  draw(landmarks: Float32Array, photo: Photo, seed: number): Promise<Occlusion>
}
