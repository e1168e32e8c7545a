/** One result, measured. */

import { psnr } from '../../client/image/measure.ts'
import { cosine, identityOfPhoto, identityRender } from './metrics/identity.ts'
import { type Lpips, lpipsOfRegion } from './metrics/lpips.ts'
import { asymmetry, seam, sharpness } from './metrics/plain.ts'
import { pasted } from './metrics/region.ts'
import { ssim } from './metrics/ssim.ts'
import { type Case, type Region, type Row, regions } from './types.ts'

type Scores = Pick<
  Row,
  | 'region'
  | 'texels'
  | 'psnr'
  | 'ssim'
  | 'lpips'
  | 'identity'
  | 'identityTurned'
  | 'sharpness'
  | 'seam'
  | 'asymmetry'
>

/** What a case's results are compared with, computed once. */
export interface Reference {
  /** Null where the mesh is not the face model's, so that eyes and mouth are not known. */
  identity: Float32Array | null
  /** Yaw (degrees) that shows the side which the photo shows less of. */
  hiddenYaw: number
}

const turn = 30

export async function referenceOf({ capture, truth }: Case): Promise<Reference> {
  const { size, weight, landmarks, photo } = capture
  let balance = 0
  for (let i = 0; i < weight.length; i++) balance += i % size < size / 2 ? weight[i] : -weight[i]
  // The texture's left half is the image-left side of the face; looking right (yaw > 0) shows it.
  const hiddenYaw = balance > 0 ? -turn : turn
  if (!capture.symmetric) return { identity: null, hiddenYaw }
  if (truth) return { identity: await identityRender(capture.mesh, truth.texture, size), hiddenYaw }
  return { identity: landmarks.length ? await identityOfPhoto(photo, landmarks) : null, hiddenYaw }
}

/** @param lpips null where no model was given */
export async function score(
  { capture, truth }: Case,
  { identity: reference, hiddenYaw }: Reference,
  texture: Float32Array,
  lpips: Lpips | null,
): Promise<Scores[]> {
  const { mesh, size } = capture
  const cosineAt = async (yaw: number) =>
    reference && cosine(reference, await identityRender(mesh, texture, size, { yaw }))
  const common = {
    identity: await cosineAt(0),
    ...{ identityTurned: null, sharpness: null, seam: null, asymmetry: null },
  }
  if (!truth) {
    return [
      {
        ...common,
        ...{ region: 'whole', texels: 0, psnr: null, ssim: null, lpips: null },
        identityTurned: await cosineAt(hiddenYaw),
        sharpness: sharpness(texture, capture),
        seam: seam(texture, capture),
        asymmetry: asymmetry(texture, capture),
      },
    ]
  }
  const scores: Scores[] = []
  for (const region of regions) {
    const mask = truth.regions[region as Region]
    if (!mask) continue
    scores.push({
      ...common,
      region,
      texels: mask.reduce((sum, value) => sum + value, 0),
      psnr: psnr(texture, truth.texture, 3, mask),
      ssim: ssim(pasted(truth.texture, texture, mask), truth.texture, size, size, mask),
      lpips: lpips && (await lpipsOfRegion(lpips, truth.texture, texture, size, mask)),
    })
  }
  return scores
}
