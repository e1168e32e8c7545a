/** What strands and pores look like, wherever each of them lies: energies of Gabor filters (Daugman 1985). */

/** Texels; at 512 a side of a head's texture .3 to .9 cm. */
const wavelengths = [3.5, 6, 11]
const directions = [0, 45, 90, 135]
/** Texels to either side of the middle that a filter reaches, its envelope's width (wavelengths) and length (widths). */
const reach = 15
const envelope = { width: 0.5, length: 1 / 0.6 }
/** Flat colour has no energy: logarithms count from here. */
const least = 1e-4
/** Darkest level that logarithms tell apart, as in log-texture.ts. */
const darkest = 8 / 255

/** Logarithms of the mean energy by wavelength and direction. */
export type Contrast = number[]

/**
 * @param texture size x size x 3, sRGB-encoded, 0..1, filled 15 texels around the region as well
 * @param region size x size, not 0 on the texels to measure
 * @returns 12 numbers: three wavelengths by four directions
 */
export function contrastOf(texture: Float32Array, size: number, region: ArrayLike<number>): Contrast {
  const level = new Float32Array(size * size)
  for (let k = 0; k < texture.length; k++)
    level[Math.floor(k / 3)] += Math.log(Math.min(1, Math.max(0, texture[k])) + darkest) / 3
  return wavelengths.flatMap((wavelength) =>
    directions.map((degrees) => {
      const pair = gabor(wavelength, (degrees * Math.PI) / 180)
      let [sum, count] = [0, 0]
      for (let i = 0; i < level.length; i++) {
        if (!region[i]) continue
        count++
        for (const filter of pair) sum += response(level, size, i, filter) ** 2
      }
      return Math.log(sum / Math.max(1, count) + least)
    }),
  )
}

/** Mean absolute difference: 0 is the same contrast at every scale and in every direction. */
export function contrastOff(a: Contrast, b: Contrast): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length
}

/** The even and the odd filter, neither of which answers to a flat colour. */
function gabor(wavelength: number, angle: number): Float32Array[] {
  const side = 2 * reach + 1
  const width = envelope.width * wavelength
  return [0, Math.PI / 2].map((phase) => {
    const filter = Float32Array.from({ length: side * side }, (_, k) => {
      const [x, y] = [(k % side) - reach, Math.floor(k / side) - reach]
      const along = x * Math.cos(angle) + y * Math.sin(angle)
      const across = (y * Math.cos(angle) - x * Math.sin(angle)) / envelope.length
      return (
        Math.exp(-(along ** 2 + across ** 2) / (2 * width ** 2)) *
        Math.cos((2 * Math.PI * along) / wavelength + phase)
      )
    })
    const mean = filter.reduce((sum, value) => sum + value, 0) / filter.length
    return filter.map((value) => value - mean)
  })
}

/** Beyond the texture's border its edge goes on. */
function response(level: Float32Array, size: number, texel: number, filter: Float32Array): number {
  const [x, y] = [texel % size, Math.floor(texel / size)]
  const within = (value: number) => Math.min(size - 1, Math.max(0, value))
  let sum = 0
  for (let dy = -reach, k = 0; dy <= reach; dy++) {
    const row = within(y + dy) * size
    for (let dx = -reach; dx <= reach; dx++, k++) sum += filter[k] * level[row + within(x + dx)]
  }
  return sum
}
