/** Grain: pores and the camera's noise, which a smooth fill lacks. */

import { texelUnit } from '../../face/texel-unit.ts'
import { blurRows, gaussianBlur } from '../../image/blur.ts'
import { erode } from '../../image/morphology.ts'
import { random } from '../../image/random.ts'
import { median, quantile } from '../../image/statistics.ts'
import { maskWhere, texelsOf } from '../../image/texels.ts'

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
  // In a larger texture no more rows are looked at than there are at 256 px.
  const every = Math.max(1, Math.floor(unit))
  const texels = texelsOf(
    maskWhere(inner.length, (i) => inner[i] === 1 && Math.floor(i / size) % every === 0),
  )
  const result = new Float32Array(log.length)

  const seen = every > 1 ? bandsOfRows(log, size, sigmas, every) : bands(log, size, 3, sigmas)
  const made = bands(noise(size, near), size, 1, sigmas)
  const exposed = [0, 1, 2].map((c) => texels.filter((i) => log[3 * i + c] < burntOut))
  const least = (fewest * size * size) / every
  for (const [b, band] of made.entries()) {
    let squares = 0
    for (let i = 0; i < band.length; i++) squares += band[i] * band[i]
    const deviation = Math.sqrt(squares / band.length)
    const strengths = [0, 1, 2].map((c) => {
      const sizesAt = (some: readonly number[]) => {
        const sizes = new Float32Array(some.length)
        for (let k = 0; k < some.length; k++) {
          const row = Math.floor(some[k] / size)
          sizes[k] = Math.abs(seen[b][3 * ((row / every) * size + some[k] - row * size) + c])
        }
        return sizes
      }
      const plain = quantile(sizesAt(exposed[c]), plainest, least)
      const usual = median(sizesAt(texels), 1)
      if (plain === null || usual === null) return 0
      // Beside skin that is burnt out for the most part, grain would stand out.
      return Math.min(plain / plainestDeviation, usual / medianDeviation) / deviation
    })
    const [red, green, blue] = strengths
    for (let i = 0, k = 0; i < band.length; i++, k += 3) {
      result[k] += red * band[i]
      result[k + 1] += green * band[i]
      result[k + 2] += blue * band[i]
    }
  }
  return result
}

/** What lies between each blur and the next finer one, finest first. */
function bands(image: Float32Array, size: number, channels: number, sigmas: readonly number[]) {
  let finer = image
  return sigmas.map((sigma) => {
    const smooth = gaussianBlur(image, size, size, channels, sigma)
    const band = differenceOf(finer, smooth)
    finer = smooth
    return band
  })
}

/** The same of every `every`th row of three channels. */
function bandsOfRows(image: Float32Array, size: number, sigmas: readonly number[], every: number) {
  const row = 3 * size
  let finer: Float32Array = new Float32Array(Math.ceil(size / every) * row)
  for (let y = 0, to = 0; y < size; y += every, to += row)
    finer.set(image.subarray(y * row, (y + 1) * row), to)
  return sigmas.map((sigma) => {
    const smooth = blurRows(image, size, size, 3, sigma, every)
    const band = differenceOf(finer, smooth)
    finer = smooth
    return band
  })
}

function differenceOf(a: Float32Array, b: Float32Array): Float32Array {
  const difference = new Float32Array(a.length)
  for (let k = 0; k < difference.length; k++) difference[k] = a[k] - b[k]
  return difference
}

/** White noise of variance 1, another on each half. */
function noise(size: number, near: Uint8Array): Float32Array {
  const { normal, skip } = random(1)
  const columns = Math.ceil(size / 2)
  // A half is drawn as the left one of a whole image, whose right one is left out.
  const half = () => {
    const drawn = new Float32Array(size * columns)
    for (let y = 0, i = 0; y < size; y++) {
      for (let x = 0; x < columns; x++, i++) drawn[i] = normal()
      skip(2 * (size - columns))
    }
    return drawn
  }
  const ofNear = half()
  const ofFar = near.includes(0) ? half() : ofNear
  const made = new Float32Array(size * size)
  for (let y = 0, i = 0; y < size; y++)
    for (let x = 0; x < size; x++, i++)
      made[i] = (near[i] ? ofNear : ofFar)[y * columns + Math.min(x, size - 1 - x)]
  return made
}
