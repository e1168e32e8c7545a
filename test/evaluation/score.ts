/** One result, measured. */

import { psnr } from '../../client/image/measure.ts'
import { cosine, identityOfPhoto, identityRender } from './metrics/identity.ts'
import { type Lpips, lpipsOfRegion } from './metrics/lpips.ts'
import { asymmetry, seam, sharpness } from './metrics/plain.ts'
import { pasted } from './metrics/region.ts'
import { ssim } from './metrics/ssim.ts'
import { type Case, type Row, textureRegions } from './types.ts'
import { pictureOf, type View, viewsOf } from './views.ts'

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
  views: View[]
}

const turn = 30

export async function referenceOf(solved: Case): Promise<Reference> {
  const { capture, truth, photo } = solved
  const { size, weight, landmarks } = capture
  let balance = 0
  for (let i = 0; i < weight.length; i++) balance += i % size < size / 2 ? weight[i] : -weight[i]
  // The texture's left half is the image-left side of the face; looking right (yaw > 0) shows it.
  const hiddenYaw = balance > 0 ? -turn : turn
  const views = viewsOf(solved, hiddenYaw)
  const identity = async () => {
    if (!capture.symmetric) return null
    if (truth) return identityRender(capture.mesh, truth.texture, size)
    return photo && landmarks.length ? identityOfPhoto(photo, landmarks) : null
  }
  return { identity: await identity(), hiddenYaw, views }
}

/** @param lpips null where no model was given */
export async function score(
  { capture, truth }: Case,
  { identity: reference, hiddenYaw, views }: Reference,
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
  const compare = async (
    region: Row['region'],
    image: Float32Array,
    wanted: Float32Array,
    mask: Uint8Array | null | undefined,
  ) => {
    if (!mask) return
    scores.push({
      ...common,
      region,
      texels: mask.reduce((sum, value) => sum + value, 0),
      psnr: psnr(image, wanted, 3, mask),
      ssim: ssim(pasted(wanted, image, mask), wanted, size, size, mask),
      lpips: lpips && (await lpipsOfRegion(lpips, wanted, image, size, mask)),
    })
  }
  for (const region of textureRegions) await compare(region, texture, truth.texture, truth.regions[region])
  for (const view of views) {
    if (view.truth)
      await compare(view.region, pictureOf(view, texture), view.truth.picture, view.truth.scored)
  }
  return scores
}
