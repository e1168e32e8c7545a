import type { CanonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { faceRim, rimVertices } from '../../../client/head/face-rim.ts'
import type { HeadModel } from '../../../client/head/head-model.ts'

/** Rings behind the face's rim, 2 cm apart. */
export const rings = 12

/** A hood: the rim of the canonical face, drawn straight backwards for 22 cm. Its layout is one strip, cut nowhere. */
export function hood(canonical: CanonicalFace): HeadModel {
  const face = faceMesh(canonical.pos, canonical)
  const rim = faceRim(face)
  const around = [...rim.keys()]
  const positions = Array.from({ length: rings }, (_, ring) =>
    rim.flatMap((v) => {
      const [x, y, z] = face.positions.subarray(3 * v, 3 * v + 3)
      return [x, y, z - 2 * ring]
    }),
  ).flat()
  const uv = Array.from({ length: rings }, (_, ring) =>
    around.flatMap((i) => {
      const [angle, radius] = [(2 * Math.PI * i) / rimVertices, 0.15 + (0.3 * ring) / rings]
      return [0.5 - radius * Math.sin(angle), 0.5 - radius * Math.cos(angle)]
    }),
  ).flat()
  const triangles = Array.from({ length: rings - 1 }, (_, ring) =>
    around.flatMap((i) => {
      const [a, b] = [i, (i + 1) % rimVertices].map((v) => ring * rimVertices + v)
      return [a, a + rimVertices, b, b, a + rimVertices, b + rimVertices]
    }),
  ).flat()
  return {
    positions: Float32Array.from(positions),
    openness: new Float32Array(positions.length / 3).fill(1),
    landmarks: Float32Array.from(canonical.pos),
    origin: Uint32Array.from({ length: positions.length / 3 }, (_, v) => v),
    uv: Float32Array.from(uv),
    triangles: Uint32Array.from(triangles),
  }
}

/** A hood that bulges as a skull does: half a centimetre wider than the face on both sides, 10 cm above the eyes. */
export function skull(canonical: CanonicalFace): HeadModel {
  const model = hood(canonical)
  const positions = model.positions.map((value, k) => {
    const ring = Math.floor(k / 3 / rimVertices)
    const bulge = Math.sin((Math.PI * ring) / (rings - 1))
    if (k % 3 === 0) return value * (1 + 0.07 * bulge)
    const above = value - 3
    return k % 3 === 1 && above > 0 ? 3 + above * (1 + 0.9 * bulge) : value
  })
  return { ...model, positions }
}
