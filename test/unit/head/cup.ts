import { rimVertices } from '../../../client/head/face-rim.ts'
import type { HeadModel } from '../../../client/head/head-model.ts'

/**
 * A cup that opens to the viewer as a head without its face does: three rings, the rim before and the bottom behind. In the
 * layout it is cut open, so that the first vertex of each ring but the rim is there twice.
 */
export function cup(): HeadModel {
  const rings = [0, 1, 2]
  const around = [...Array(rimVertices).keys()]
  const place = (ring: number, i: number, radius: number) => {
    const angle = (2 * Math.PI * i) / rimVertices
    // From the top on, with the face to the left seen from the front.
    return [-radius * Math.sin(angle), radius * Math.cos(angle), -3 * ring]
  }
  const positions = rings.flatMap((ring) => around.flatMap((i) => place(ring, i, [6, 8, 6][ring])))
  const first = rings.length * rimVertices
  const copies = [rimVertices, 2 * rimVertices]
  const flat = (ring: number, i: number) => {
    const [x, y] = place(ring, i, 4 + 2 * ring)
    return [0.5 + x / 20, 0.5 - y / 20]
  }
  const uv = [
    ...rings.flatMap((ring) => around.flatMap((i) => flat(ring, i))),
    ...[1, 2].flatMap((ring) => flat(ring, -0.01)),
  ]
  const triangles = [0, 1].flatMap((ring) =>
    around.flatMap((i) => {
      const last = i === rimVertices - 1
      const [a, b] = [ring * rimVertices + i, ring * rimVertices + (last ? 0 : i + 1)]
      const [c, d] = [a + rimVertices, b + rimVertices]
      // Back at the cut, the copies.
      const [near, far] = last && ring > 0 ? [first + ring - 1, first + ring] : [b, last ? first + ring : d]
      return [a, c, near, near, c, far]
    }),
  )
  return {
    positions: Float32Array.from(positions),
    openness: new Float32Array(positions.length / 3).fill(1),
    landmarks: Float32Array.from({ length: 3 * 468 }, (_, i) => (i % 7) - 3),
    origin: Uint32Array.from([...Array(first).keys(), ...copies]),
    uv: Float32Array.from(uv),
    triangles: Uint32Array.from(triangles),
  }
}
