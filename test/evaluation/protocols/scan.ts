import type { Mesh } from '../../../client/face/types.ts'
import type { CasesOf } from '../context.ts'
import { readScan } from '../data/scan.ts'
import { captureKnown, type KnownFace, photograph, relit } from '../known-face.ts'
import { regionsOf } from '../regions.ts'
import { seedOf } from '../seed.ts'

/** Centimetres above the chin's neighbourhood that a picture shows: a head, not a bust. */
const headHeight = 26

/**
 * A textured scan: known cameras, known texels. What a photo of the face could show at all (from up to 60 degrees) counts;
 * the back of the head and the shoulders do not.
 */
export const scan: CasesOf = async function* (sample, { angles, size }) {
  const { mesh, texture } = await readScan(sample.path, size)
  const framed = headOf(mesh)
  const bare: KnownFace = {
    ...{ mesh, size, texture, features: null, framed },
    known: new Uint8Array(size * size),
    normals: new Float32Array(3 * size * size),
  }
  const seenFrom = [-60, 0, 60].map((yaw) => captureKnown(photograph(bare, { yaw }, 0), bare, mesh))
  const known = Uint8Array.from(bare.known, (_, i) =>
    seenFrom.some(({ weight }) => weight[i] > 0.5) ? 1 : 0,
  )
  const face = { ...bare, known, normals: seenFrom[0].normals }
  for (const yaw of angles) {
    const view = `yaw ${yaw}`
    const seed = seedOf(`${sample.name} ${view}`)
    const lit = relit(face, seed)
    const capture = captureKnown(photograph(lit, { yaw }, seed), lit, mesh)
    const truth = { mesh, framed, texture: lit.texture, regions: regionsOf(capture, known) }
    yield { protocol: 'scan', sample, view, yaw, mesh: 'true', capture, truth }
  }
}

/** The vertices of the upper part, which the picture is framed by. */
function headOf({ positions }: Mesh): Float32Array {
  let top = -Infinity
  for (let v = 1; v < positions.length; v += 3) top = Math.max(top, positions[v])
  const head: number[] = []
  for (let v = 0; v < positions.length; v += 3)
    if (positions[v + 1] > top - headHeight) head.push(...positions.subarray(v, v + 3))
  return Float32Array.from(head)
}
