/** Grain: pores and the camera's noise, which a smooth fill lacks. */

import { texelUnit } from '../../face/texel-unit.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { mirrorTexture } from '../../image/log-texture.ts'
import { erode } from '../../image/morphology.ts'
import { random } from '../../image/random.ts'
import { median, quantile } from '../../image/statistics.ts'
import { texelsOf } from '../../image/texels.ts'

/**
 * Coarsest grain, sigma in texels at 256 px. With coarser grain light skin looks mottled
 * (test/evaluation/decisions/grain.md).
 */
const coarsest = 2
/** Skin this near to what is none (texels at 256 px) shows an edge, not grain. */
const margin = 3
/** The plainest part of the skin tells the grain, this share of it. The rest has wrinkles, stubble and edges. */
const plainest = 0.2
/** Log value from which on a channel is burnt out: no grain is left there. */
const burntOut = Math.log(253 + 8)
/** Least share of the texture that has to show grain for it to be known. */
const fewest = 0.002
/** Standard deviations that a normally distributed value is off its mean by at most in the share `plainest` of all cases. */
const plainestDeviation = 0.2533
/** The same in half of all cases. */
const medianDeviation = 0.6745

/**
 * Noise that varies as the plainest skin in the photo does, at each fine scale and in each channel.
 *
 * @param log size x size x 3: the photo in the log domain
 * @param skin size x size, 1 where it shows skin
 * @param near size x size, 1 on the half (left or right) that is seen better: a mirrored photo gives mirrored grain
 * @returns size x size x 3, log units of mean 0; 0 in channels of which too little skin is seen
 */
export function grain(log: Float32Array, size: number, skin: Uint8Array, near: Uint8Array): Float32Array {
  const unit = texelUnit(size)
  const sigmas: number[] = []
  for (let sigma = 1; sigma <= coarsest * unit; sigma *= 2) sigmas.push(sigma)
  const inner = erode(skin, size, size, Math.round(margin * unit))
  const texels = texelsOf(inner)
  const result = new Float32Array(log.length)

  const seen = bands(log, size, 3, sigmas)
  const made = bands(noise(size, near), size, 1, sigmas)
  const exposed = [0, 1, 2].map((c) => texels.filter((i) => log[3 * i + c] < burntOut))
  for (const [b, band] of made.entries()) {
    let squares = 0
    for (let i = 0; i < band.length; i++) squares += band[i] * band[i]
    const deviation = Math.sqrt(squares / band.length)
    for (let c = 0; c < 3; c++) {
      const sizesAt = (some: readonly number[]) => {
        const sizes = new Float32Array(some.length)
        for (let k = 0; k < some.length; k++) sizes[k] = Math.abs(seen[b][3 * some[k] + c])
        return sizes
      }
      const plain = quantile(sizesAt(exposed[c]), plainest, fewest * size * size)
      const usual = median(sizesAt(texels), 1)
      if (plain === null || usual === null) continue
      // Beside skin that is burnt out for the most part, grain would stand out.
      const strength = Math.min(plain / plainestDeviation, usual / medianDeviation) / deviation
      for (let i = 0; i < band.length; i++) result[3 * i + c] += strength * band[i]
    }
  }
  return result
}

/** What lies between each blur and the next finer one, finest first. */
function bands(image: Float32Array, size: number, channels: number, sigmas: readonly number[]) {
  let finer = image
  return sigmas.map((sigma) => {
    const smooth = gaussianBlur(image, size, size, channels, sigma)
    const band = new Float32Array(image.length)
    for (let k = 0; k < band.length; k++) band[k] = finer[k] - smooth[k]
    finer = smooth
    return band
  })
}

/** White noise of variance 1, another on each half. */
function noise(size: number, near: Uint8Array): Float32Array {
  const { normal } = random(1)
  const half = () => {
    const image = new Float32Array(size * size)
    for (let i = 0; i < image.length; i++) image[i] = normal()
    return { image, mirrored: mirrorTexture(image, size, 1) }
  }
  const ofNear = half()
  const ofFar = near.includes(0) ? half() : ofNear
  const made = new Float32Array(size * size)
  for (let i = 0; i < made.length; i++) {
    const { image, mirrored } = near[i] ? ofNear : ofFar
    made[i] = i % size < size / 2 ? image[i] : mirrored[i]
  }
  return made
}
