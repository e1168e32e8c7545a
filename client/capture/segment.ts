/** Person against background, by the selfie segmentation network. */

import { type Crop, sampleCrop } from './crop.ts'
import { bilinear } from './sample.ts'
import type { Networks } from './tfjs.ts'
import type { FaceBox, Photo } from './types.ts'

const INPUT = 256
/** The network expects head and shoulders: this many face sides around the face. */
const MARGIN = 2.6

/**
 * @returns photo.width * photo.height, 0..1: how surely a pixel is the person's; 0 beyond head and shoulders.
 */
export async function segmentPerson(photo: Photo, face: FaceBox, networks: Networks): Promise<Float32Array> {
  const { width, height } = photo
  const crop: Crop = {
    x: face.x + face.width / 2,
    y: face.y + face.height / 2,
    side: MARGIN * Math.max(face.width, face.height),
    angle: (-face.quarterTurns * Math.PI) / 2,
  }
  const [mask] = Object.values(await networks.run('selfie', sampleCrop(photo, crop, INPUT), INPUT))
  const person = new Float32Array(width * height)
  const [c, s] = [Math.cos(crop.angle), Math.sin(crop.angle)]
  const reach = crop.side / 2
  const clampTo = (value: number, limit: number) => Math.min(limit, Math.max(0, Math.round(value)))
  for (let y = clampTo(crop.y - reach, height); y < clampTo(crop.y + reach, height); y++) {
    for (let x = clampTo(crop.x - reach, width); x < clampTo(crop.x + reach, width); x++) {
      const [dx, dy] = [x + 0.5 - crop.x, y + 0.5 - crop.y]
      const u = ((c * dx + s * dy) / crop.side + 0.5) * INPUT
      const v = ((-s * dx + c * dy) / crop.side + 0.5) * INPUT
      person[y * width + x] = bilinear(mask, INPUT, INPUT, 1, 0, u, v)
    }
  }
  return person
}
