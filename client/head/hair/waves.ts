/** Hair whose strands do not run straight. */

import { smoothstep } from '../../image/smoothstep.ts'
import { middleOf } from '../outline.ts'
import type { HairStyle } from './hair-style.ts'
import type { HairTexture } from './hair-texture.ts'

/**
 * Steadiness (`steadiness`) from which hair is straight, and to which it is as wavy as it gets. Of 26 portraits three have curls
 * (.52 to .62), three straight hair (.79 to .86).
 */
const straight = 0.74
const wavy = 0.52
/** Waves: centimetres long and high; they begin so far below the eyes, and are whole at the second. */
const wave = { long: 3.1, high: 0.55, begin: 1, whole: 6 }
/** In the texture: waves over its height, their share of its width. */
const strand = { waves: 13, high: 0.014 }
/** Texels more transparent than this, of 255, are none of a strand. */
const leastOpaque = 128

/** How wavy hair is, 0 (straight) to 1. @param steadiness see `steadiness`; of hair that is not seen nothing is said */
export function waviness(steadiness: number | null): number {
  return steadiness === null ? 0 : 1 - smoothstep(wavy, straight, steadiness)
}

/**
 * Moves falling hair to and fro, locks beside each other not alike; the roots stay.
 *
 * @param amount 0..1
 * @param eyes their height, centimetres, head frame
 */
export function waved(hair: HairStyle, amount: number, eyes: number): HairStyle {
  const positions = hair.positions.slice()
  const k = (2 * Math.PI) / wave.long
  const [, , axis] = middleOf(eyes)
  for (let v = 0; v < positions.length; v += 3) {
    const [x, y] = hair.positions.subarray(v, v + 2)
    const z = hair.positions[v + 2] - axis
    const fall = smoothstep(wave.begin, wave.whole, eyes - y)
    // Locks are some centimetres wide; whole numbers of them lie around the head.
    const angle = Math.atan2(x, z)
    const phase = k * y + 1.3 * Math.sin(7 * angle) + 0.9 * Math.sin(15 * angle + 1)
    const out = amount * fall * wave.high
    const radius = Math.max(1e-6, Math.hypot(x, z))
    const [nx, nz] = [x / radius, z / radius]
    // Outwards, and along the sheet.
    positions[v] += out * (Math.sin(phase) * nx + 0.7 * Math.cos(phase) * nz)
    positions[v + 2] += out * (Math.sin(phase) * nz - 0.7 * Math.cos(phase) * nx)
  }
  return { ...hair, positions }
}

/** A hair texture whose strands bend within their outline. @param amount 0..1 */
export function wavedTexture(texture: HairTexture, amount: number): HairTexture {
  if (amount === 0) return texture
  const { size, data } = texture
  const result = new Uint8ClampedArray(data.length)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [u, v] = [x / size, y / size]
      const phase = 2 * Math.PI * (strand.waves * v + 0.8 * Math.sin(9 * u) + 0.5 * Math.sin(23 * u + 2))
      const from = Math.min(
        size - 1,
        Math.max(0, Math.round(x + amount * strand.high * size * Math.sin(phase))),
      )
      const [a, b] = [4 * (y * size + from), 4 * (y * size + x)]
      // Beyond a chart's border there is no hair.
      const at = data[a + 3] > leastOpaque ? a : b
      for (let c = 0; c < 3; c++) result[b + c] = data[at + c]
      result[b + 3] = data[b + 3]
    }
  return { size, data: result }
}
