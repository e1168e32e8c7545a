/** Strands of hair as a texture: noise drawn out along the flow (line integral convolution, Cabral and Leedom, 1993). */

import { gaussianBlur } from '../../image/blur.ts'
import { random } from '../../image/random.ts'
import { resize } from '../../image/resize.ts'
import { soften } from '../soften.ts'
import { restTexels } from '../texture-sides.ts'

/** Centimetres: a strand's length to either side, straight and curly. */
const lengths = { straight: 1.6, curly: 0.35 }
/** What is coarser is no strand: centimetres. */
export const clump = 1
/** How far strands stray from the flow (radians, standard deviation), over which distance (centimetres). By eye. */
const straying = { straight: { angle: 0.16, over: 0.9 }, curly: { angle: 1.5, over: 0.3 } }
/** Of what is painted, locks of this width (centimetres) make up this share; the rest are single strands. */
const locks = { width: 0.12, share: 0.4 }

/**
 * @param flow N x N x 2, unit vectors in texels; 0 where no hair is
 * @param size N
 * @param curl 0 (straight) to 1 (curly)
 * @returns N x N of mean 0 and deviation 1 where the flow is not 0, else 0
 */
export function hairStrands(flow: Float32Array, size: number, curl: number): Float32Array {
  const n = size * size
  const mix = (straight: number, curly: number) => straight + curl * (curly - straight)
  const { next, normal } = random(7)
  const noise = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    if (flowing(flow, i)) noise[i] = normal()
    else {
      // A texel's noise does not depend on where else hair is.
      next()
      next()
    }
  }
  const strayed = stray(
    flow,
    size,
    restTexels(mix(straying.straight.over, straying.curly.over), size),
    mix(straying.straight.angle, straying.curly.angle),
  )
  const steps = Math.max(2, Math.round(restTexels(mix(lengths.straight, lengths.curly), size)))
  const single = alongFlow(noise, strayed, size, steps)
  const lock = soften(single, size, restTexels(locks.width, size))
  const [ofSingle, ofLock] = [single, lock].map((image) => deviation(image, strayed))
  const strands = new Float32Array(n)
  for (let i = 0; i < n; i++)
    strands[i] = (1 - locks.share) * (single[i] / ofSingle) + locks.share * (lock[i] / ofLock)
  const coarse = soften(strands, size, restTexels(clump, size))
  for (let i = 0; i < n; i++) strands[i] = flowing(strayed, i) ? strands[i] - coarse[i] : 0
  const scale = deviation(strands, strayed)
  for (let i = 0; i < n; i++) strands[i] /= scale
  return strands
}

/** Smooth noise is made with this sigma, and enlarged. */
const noiseSigma = 1.5

const flowing = (flow: Float32Array, i: number) => flow[2 * i] !== 0 || flow[2 * i + 1] !== 0

/** The flow turned by a smooth random angle of that deviation, which changes over `over` texels. */
function stray(flow: Float32Array, size: number, over: number, angle: number): Float32Array {
  const angles = smoothNoise(size, over)
  const result = new Float32Array(flow.length)
  for (let i = 0; i < angles.length; i++) {
    if (!flowing(flow, i)) continue
    const cos = Math.cos(angle * angles[i])
    const sin = Math.sin(angle * angles[i])
    result[2 * i] = cos * flow[2 * i] - sin * flow[2 * i + 1]
    result[2 * i + 1] = sin * flow[2 * i] + cos * flow[2 * i + 1]
  }
  return result
}

/** N x N of deviation 1, changing over that many texels. */
export function smoothNoise(size: number, over: number): Float32Array {
  const { normal } = random(11)
  const side = Math.min(size, Math.ceil((noiseSigma * size) / over))
  const smooth = gaussianBlur(Float32Array.from({ length: side * side }, normal), side, side, 1, noiseSigma)
  let sum = 0
  for (let i = 0; i < smooth.length; i++) sum += smooth[i] * smooth[i]
  const scale = Math.sqrt(smooth.length / sum)
  for (let i = 0; i < smooth.length; i++) smooth[i] *= scale
  return resize(smooth, side, side, 1, size, size)
}

/** The mean of the noise along the flow, `steps` texels to either side, as far as there is a flow. */
function alongFlow(noise: Float32Array, flow: Float32Array, size: number, steps: number): Float32Array {
  const result = new Float32Array(noise.length)
  for (let i = 0; i < noise.length; i++) {
    if (!flowing(flow, i)) continue
    let sum = noise[i]
    let count = 1
    // Both ways at once: a step waits for where the last one has led to.
    let ahead = true
    let back = true
    let ax = (i % size) + 0.5
    let ay = Math.floor(i / size) + 0.5
    let adx = flow[2 * i]
    let ady = flow[2 * i + 1]
    let bx = ax
    let by = ay
    let bdx = adx
    let bdy = ady
    for (let step = 0; step < steps && (ahead || back); step++) {
      if (ahead) {
        ax += adx
        ay += ady
        ahead = ax >= 0 && ay >= 0 && ax < size && ay < size
        if (ahead) {
          // Both are positive: this cuts off as `Math.floor` does.
          const at = (ay | 0) * size + (ax | 0)
          adx = flow[2 * at]
          ady = flow[2 * at + 1]
          ahead = adx !== 0 || ady !== 0
          if (ahead) {
            sum += noise[at]
            count++
          }
        }
      }
      if (back) {
        bx -= bdx
        by -= bdy
        back = bx >= 0 && by >= 0 && bx < size && by < size
        if (back) {
          const at = (by | 0) * size + (bx | 0)
          bdx = flow[2 * at]
          bdy = flow[2 * at + 1]
          back = bdx !== 0 || bdy !== 0
          if (back) {
            sum += noise[at]
            count++
          }
        }
      }
    }
    result[i] = sum / Math.sqrt(count)
  }
  return result
}

function deviation(image: Float32Array, flow: Float32Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < image.length; i++) {
    if (!flowing(flow, i)) continue
    sum += image[i] * image[i]
    count++
  }
  return count > 0 && sum > 0 ? Math.sqrt(sum / count) : 1
}
