/** The texture of a hair style, as the model files `<style>-texture.bin` hold it: strands without a colour. */

/** Strands on transparent ground. */
export interface HairTexture {
  size: number
  /** size x size x 4, 0..255, sRGB-encoded, not premultiplied */
  data: Uint8ClampedArray<ArrayBuffer>
}

/** Stored opacity counts from 0 to this. */
export const opacitySteps = 15
/** Stored brightness counts from 0, black, to this, white, in equal steps of the log domain: one is a twentieth of the light. */
export const brightnessSteps = 63

/** Where a texel's brightness, 0..255, lies between black and white of the log domain (log-texture.ts): 0..1. */
export const brightnessToLog = (value: number) => Math.log(value / 8 + 1) / Math.log(255 / 8 + 1)
const logToBrightness = (value: number) => 8 * ((255 / 8 + 1) ** value - 1)

/**
 * Reads a model file: first the brightness of all texels, one byte each, then their opacity; each value is stored as the
 * difference from the one in the row above, modulo 256, which packs well and is the same wherever it is unpacked.
 *
 * @returns grey strands
 * @throws Error where it is not such a file
 */
export function readHairTexture(bytes: Uint8Array): HairTexture {
  const texels = bytes.length / 2
  const size = Math.sqrt(texels)
  if (!Number.isInteger(size) || size === 0) {
    throw new Error(
      `The hair's texture was expected to be square and has ${bytes.length} bytes: load it again.`,
    )
  }
  const greys = Uint8Array.from({ length: brightnessSteps + 1 }, (_, step) =>
    Math.round(logToBrightness(step / brightnessSteps)),
  )
  const data = new Uint8ClampedArray(4 * texels)
  const brightness = new Uint8Array(size)
  const opacity = new Uint8Array(size)
  for (let i = 0; i < texels; i++) {
    const x = i % size
    brightness[x] += bytes[i]
    opacity[x] += bytes[texels + i]
    data.fill(greys[brightness[x]], 4 * i, 4 * i + 3)
    data[4 * i + 3] = (255 * opacity[x]) / opacitySteps
  }
  return { size, data }
}
