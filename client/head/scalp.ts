/** The rest of a head, brought to what the photo shows of its outline and to the hair that it will have. */

import { vertexNormals } from '../capture/mesh/normals.ts'
import { smoothstep } from '../image/smoothstep.ts'
import { faceRim } from './face-rim.ts'
import type { HeadMesh } from './head-mesh.ts'
import { growth, middleOf, type Outline } from './outline.ts'
import { fromRim } from './rim.ts'
import type { HeadView } from './view.ts'

/** What lies on a scalp: nothing, painted hair, or hair of polygons. */
export type OnScalp = 'nothing' | 'paint' | 'strips'

/**
 * The photo's outline is followed within these ratios. Where it is that of hair which this head is not to have, or has in
 * strips, it says only where the head is smaller.
 */
const limits: Record<OnScalp, { least: number; most: number }> = {
  nothing: { least: 0.85, most: 1.02 },
  paint: { least: 0.85, most: 1.16 },
  strips: { least: 0.85, most: 1 },
}
/** It moves in full this far from the face's rim, centimetres. */
const rimFade = 3.5

/**
 * Moves the scalp to the photo's outline.
 *
 * @param outline of the photo's head and hair against this head
 * @param on what will lie on it
 * @param eyes height of the eyes, centimetres, head frame
 */
export function fitScalp(
  mesh: HeadMesh,
  outline: Outline,
  view: HeadView,
  { on, eyes }: { on: OnScalp; eyes: number },
): HeadMesh {
  const { least, most } = limits[on]
  const within = (value: number) => Math.min(most, Math.max(least, value))
  const ratios = outline.ratios.map(within)
  const grown = growth(mesh.positions, { ratios, mean: within(1 + outline.mean) - 1 }, view, eyes)
  const { distance } = fromRim(mesh, faceRim(mesh))
  const centre = middleOf(eyes)
  return moved(mesh, (v, place) => {
    const fade = smoothstep(0, rimFade, distance[v])
    return place.map((value, c) => value + fade * grown[v] * (value - centre[c]))
  })
}

/** Ears stand out beyond this share of the face's half width, between these heights above the eyes, centimetres. */
const ears = { from: 0.96, narrowing: 0.2, top: 2.5, bottom: -9, flat: 0.15 }

/** Ears that lie close, as under hair that falls over them. @param side half the face's width, centimetres */
export function flatEars(mesh: HeadMesh, { eyes, side }: { eyes: number; side: number }): HeadMesh {
  return moved(mesh, (_, [x, y, z]) => {
    const above = y - eyes
    if (above > ears.top || above < ears.bottom) return [x, y, z]
    // The skull narrows towards the neck.
    const base = ears.from * side + ears.narrowing * Math.min(0, above + 2.5)
    const out = Math.abs(x) - base
    return [out > 0 ? Math.sign(x) * (base + ears.flat * out) : x, y, z]
  })
}

/** The rest's vertices elsewhere; the face and its rim stay. */
function moved(
  mesh: HeadMesh,
  move: (vertex: number, place: [number, number, number]) => number[],
): HeadMesh {
  const { triangles, place, faceVertices } = mesh
  const positions = mesh.positions.slice()
  for (let v = faceVertices; 3 * v < positions.length; v++) {
    if (place[v] < faceVertices) continue
    const [x, y, z] = mesh.positions.subarray(3 * v, 3 * v + 3)
    positions.set(move(v, [x, y, z]), 3 * v)
  }
  const welded = vertexNormals(
    positions,
    triangles.map((v) => place[v]),
  )
  const normals = mesh.normals.slice()
  for (let v = faceVertices; 3 * v < positions.length; v++)
    normals.set(welded.subarray(3 * place[v], 3 * place[v] + 3), 3 * v)
  return { ...mesh, positions, normals }
}
