/** Learned perceptual distance of images. */

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { withEpsilon } from './epsilon.ts'
import { pasted } from './region.ts'

/** LPIPS (Zhang et al. 2018): a distance of deep features, calibrated on people's judgements. */
export interface Lpips {
  /**
   * @param ref size x size x 3, sRGB-encoded, 0..1; size at least 32
   * @param dist the same
   * @returns 0 for equal images; 0.3 to 0.5 for a 256 px portrait blurred by a sigma of 3 px
   */
  distance(ref: Float32Array, dist: Float32Array, size: number): Promise<number>
}

/** Its poolings leave nothing of images with a shorter side, pixels. */
const smallest = 32
/** The usual normalisation of networks that learned on ImageNet, by channel. */
const mean = [0.485, 0.456, 0.406]
const deviation = [0.229, 0.224, 0.225]

/**
 * @param file ONNX model with the inputs `ref` and `dist` (1 x 3 x height x width, ImageNet-normalised) and one output
 *   of one number
 * @throws Error in a sentence where the file is missing or is no such model
 */
export async function loadLpips(file: string): Promise<Lpips> {
  if (!existsSync(file))
    throw new Error(
      `There is no LPIPS model at ${file}: give the path of an ONNX file, or leave --lpips out.`,
    )
  // 3: errors only; the model's unused initialisers are no news.
  const session = await open(file).catch((error: Error) => {
    throw new Error(`${file} is not a model that ONNX Runtime reads (${error.message.split('\n')[0]}).`)
  })
  const { inputNames, outputNames } = session
  if (!['ref', 'dist'].every((name) => inputNames.includes(name)) || outputNames.length !== 1)
    throw new Error(
      `${file} is not an LPIPS model: inputs "ref" and "dist" and one output were expected, it has the inputs ${inputNames.join(', ')} and the outputs ${outputNames.join(', ')}.`,
    )
  return {
    async distance(ref, dist, size) {
      const results = await session.run({ ref: normalised(ref, size), dist: normalised(dist, size) })
      return (results[outputNames[0]].data as Float32Array)[0]
    },
  }
}

async function open(file: string): Promise<InferenceSession> {
  // 3: errors only; what the optimiser removes is no news.
  return InferenceSession.create(withEpsilon(await readFile(file)), { logSeverityLevel: 3 })
}

/**
 * The distance that a region of a texture causes: everywhere else both images show the truth. The mean over the whole
 * image, so that a small region's distance is small: compare methods on one region, not regions.
 *
 * @param truth size x size x 3
 * @param texture size x size x 3
 * @param region size x size, not 0 where the texture is scored
 */
export function lpipsOfRegion(
  lpips: Lpips,
  truth: Float32Array,
  texture: Float32Array,
  size: number,
  region: ArrayLike<number>,
): Promise<number> {
  return lpips.distance(truth, pasted(truth, texture, region), size)
}

/** 1 x 3 x size x size. */
function normalised(image: Float32Array, size: number): Tensor {
  if (image.length !== size * size * 3)
    throw new Error(`LPIPS was given ${image.length} values for an image of ${size} x ${size} x 3.`)
  if (size < smallest)
    throw new Error(`LPIPS needs images of at least ${smallest} pixels a side, got ${size}.`)
  const plane = size * size
  const data = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < 3; c++) data[c * plane + i] = (image[3 * i + c] - mean[c]) / deviation[c]
  return new Tensor('float32', data, [1, 3, size, size])
}
