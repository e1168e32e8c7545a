import type { Photo } from '../../../client/image/photo.ts'
import type { Occlusion } from './types.ts'

/** The photo with the occluder in front, pixel by pixel over. */
export function applyOcclusion(photo: Photo, { paint }: Occlusion): Photo {
  const data = photo.data.slice()
  for (let i = 0; i < data.length; i += 4) {
    const alpha = paint[i + 3] / 255
    for (let c = 0; c < 3; c++) data[i + c] = alpha * paint[i + c] + (1 - alpha) * data[i + c]
  }
  return { ...photo, data }
}
