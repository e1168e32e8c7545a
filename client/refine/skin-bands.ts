/** Holds invented detail to what this skin's detail varies by at each scale. */
import { texelUnit } from '../face/texel-unit.ts'
import { blurWithin } from '../image/blur.ts'

/** Edges of the bands: sigmas in texels of a 256 px texture. The last blur is the base that no band holds. */
const sigmas = [1, 2, 4, 8, 16]
/** Detail up to this many standard deviations is ordinary for a skin; beyond, it is bent towards a ceiling. */
const ordinaryFactor = 2

/** Detail bands of a texture, finest first, and the base: they add up to the texture. N x N x 3 each, of use within the coverage. */
function split(texture: Float32Array, size: number, coverage: Float32Array) {
  let rest = texture
  const bands = sigmas.map((sigma) => {
    const smooth = blurWithin(texture, size, size, 3, sigma * texelUnit(size), coverage)
    const band = rest.map((value, k) => value - smooth[k])
    rest = smooth
    return band
  })
  return { bands, base: rest }
}

/**
 * Bends detail that is stronger than this skin's own: band value b -> c tanh(b / c) with the ceiling
 * c = 2 rms(model skin) + |the reference's own detail at this texel|, band by band.
 *
 * @param texture N x N x 3, 0..1
 * @param reference N x N x 3: structure that is known to belong at each place (a crease in it may stay a crease)
 * @param model where the reference shows plain skin of this person: N x N, not 0 there; all 0: returns the texture
 * @param keep N x N, not 0 where detail may be as strong as it is (eyes, brows, lips)
 * @returns N x N x 3, of use within the coverage
 */
export function limitDetail(
  texture: Float32Array,
  reference: Float32Array,
  size: number,
  { coverage, model, keep }: { coverage: Uint8Array; model: Uint8Array; keep: Uint8Array },
): Float32Array {
  if (!model.includes(1)) return texture
  const within = Float32Array.from(coverage)
  const { bands, base } = split(texture, size, within)
  const known = split(reference, size, within).bands
  const limited = base.slice()
  for (const [b, band] of bands.entries()) {
    const ordinary = [0, 1, 2].map((c) => ordinaryFactor * rms(known[b], c, model))
    for (let k = 0; k < band.length; k++) {
      const ceiling = ordinary[k % 3] + Math.abs(known[b][k])
      const bend = !keep[Math.floor(k / 3)] && ceiling > 0
      limited[k] += bend ? ceiling * Math.tanh(band[k] / ceiling) : band[k]
    }
  }
  return limited
}

function rms(band: Float32Array, channel: number, where: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < where.length; i++) {
    if (!where[i]) continue
    sum += band[3 * i + channel] ** 2
    count++
  }
  return Math.sqrt(sum / Math.max(1, count))
}
