import { faceFrame } from './frame.ts'
import type { Occluder } from './types.ts'

/** The photo ends: with an even seed below the mouth, with an odd one above the brows. Black beyond. */
export const border: Occluder = {
  name: 'border',
  draw: async (landmarks, { width, height }, seed) => {
    const { at, unit } = faceFrame(landmarks)
    const below = seed % 2 === 0
    const edge = below ? at(17)[1] + 0.05 * unit : Math.min(at(105)[1], at(334)[1]) - 0.05 * unit
    const mask = Uint8Array.from({ length: width * height }, (_, i) => {
      const y = Math.floor(i / width) + 0.5
      return (below ? y > edge : y < edge) ? 1 : 0
    })
    const paint = new Uint8ClampedArray(4 * mask.length)
    for (let i = 0; i < mask.length; i++) paint[4 * i + 3] = 255 * mask[i]
    return { mask, paint }
  },
}
