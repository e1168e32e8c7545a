/** A decoded photograph. EXIF orientation is already applied. */
export interface Photo {
  width: number
  height: number
  /** RGBA, row-major, sRGB-encoded, 0..255: `width * height * 4`. */
  data: Uint8ClampedArray
}
