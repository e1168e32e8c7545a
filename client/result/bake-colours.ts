import type { Mesh } from '../face/types.ts'
import { padTexture } from '../image/pad.ts'
import { toEncoded, toLinear } from '../image/srgb.ts'

export interface ColouredMesh {
  mesh: Mesh
  /** V x 4, linear, 0..1: what the texture is multiplied by at each vertex, its alpha last. */
  colours: Float32Array
  /** size x size x 4, 0..255, sRGB-encoded, not premultiplied */
  texture: { size: number; data: Uint8ClampedArray }
}

/**
 * The same look without colours at vertices, which neither USD's preview surface nor OBJ multiplies textures by: the texture
 * is multiplied, and triangles go of which nothing is shown.
 *
 * Exact where each texel belongs to one place of the mesh. Where several share it, as strands of some hair do, it gets their
 * mean: of ten hair styles nine differ there by no more than .013 of the encoded light (standard deviation), `afro01` by .07.
 *
 * @param alphaCutoff what is more transparent is not shown, 0..1
 * @returns the triangles that are left, on the same vertices, and their texture
 */
export function bakeColours(
  { mesh, colours, texture }: ColouredMesh,
  alphaCutoff: number,
): Pick<ColouredMesh, 'mesh' | 'texture'> {
  const triangles = mesh.triangles.filter((_, i, all) => {
    const first = i - (i % 3)
    return [0, 1, 2].some((corner) => colours[4 * all[first + corner] + 3] >= alphaCutoff)
  })
  const left = { ...mesh, triangles }
  const factors = colourTexture(left, colours, texture.size)
  const data = texture.data.map((value, i) =>
    i % 4 === 3 ? value * factors[i] : 255 * toEncoded(linear[value] * factors[i]),
  )
  return { mesh: left, texture: { size: texture.size, data } }
}

/** size x size x 4: the mean colour of what of the mesh lies at a texel, beyond its charts as beside them. */
function colourTexture({ uv, triangles }: Mesh, colours: Float32Array, size: number): Float32Array {
  const sums = new Float32Array(4 * size * size)
  const counts = new Uint32Array(size * size)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = triangles.subarray(t, t + 3)
    const [ax, bx, cx] = [a, b, c].map((v) => uv[2 * v] * size)
    const [ay, by, cy] = [a, b, c].map((v) => uv[2 * v + 1] * size)
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if (area === 0) continue
    const [left, right] = centresBetween(Math.min(ax, bx, cx), Math.max(ax, bx, cx), size)
    const [top, bottom] = centresBetween(Math.min(ay, by, cy), Math.max(ay, by, cy), size)
    for (let y = top; y <= bottom; y++)
      for (let x = left; x <= right; x++) {
        const dx = x + 0.5 - ax
        const dy = y + 0.5 - ay
        const wb = (dx * (cy - ay) - dy * (cx - ax)) / area
        const wc = (dy * (bx - ax) - dx * (by - ay)) / area
        const wa = 1 - wb - wc
        if (wa < 0 || wb < 0 || wc < 0) continue
        const texel = y * size + x
        counts[texel]++
        for (let k = 0; k < 4; k++)
          sums[4 * texel + k] += wa * colours[4 * a + k] + wb * colours[4 * b + k] + wc * colours[4 * c + k]
      }
  }
  const means = sums.map((sum, i) => sum / Math.max(1, counts[i >> 2]))
  const covered = Uint8Array.from(counts, (count) => Math.min(1, count))
  return padTexture(means, size, covered, 4)
}

/** The first and the last texel of a row whose centre lies between two places. */
const centresBetween = (from: number, to: number, size: number) => [
  Math.max(0, Math.ceil(from - 0.5)),
  Math.min(size - 1, Math.floor(to - 0.5)),
]

const linear = Float32Array.from({ length: 256 }, (_, byte) => toLinear(byte / 255))
