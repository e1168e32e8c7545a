/** Where hair usually grows. */

import { smoothstep } from '../../image/smoothstep.ts'
import type { HeadModel } from '../head-model.ts'
import { type RestMesh, restMesh } from '../rest-mesh.ts'

export interface UsualHair {
  /** The rest of the mean head. */
  mesh: RestMesh
  /** V of its vertices: centimetres above the usual hairline, negative on skin. */
  above: Float32Array
  /** V, 0..1: may hair grow there at all? Not on the ears, nor below the nape and the sideburns. */
  possible: Float32Array
}

/** The nape's line, in the middle and at the sides, and how much higher it runs in front of the ears. Centimetres, mean head, by eye. */
const nape = { y: -4.7, sides: 1.2, from: 6 }
const temple = { rise: 6, from: -6.8, to: -3.6 }
/** Below this height, behind the ears and in front of them, there is no hair but a beard's. */
const lowest = { behind: -7, before: -2.3, from: -7.5, to: -5.5 }
/** The ear stands off the head: beyond this far from the middle, in front and behind, within this ellipse. Centimetres, mean head. */
const ear = {
  y: -0.1,
  z: -5.4,
  reach: 3.3,
  narrower: 1.45,
  front: 6.3,
  back: 7.45,
  from: -4.6,
  to: -6.4,
  soft: 0.35,
}

/** @param model whose head it is */
export function usualHair(model: HeadModel): UsualHair {
  const mesh = restMesh(model)
  const { positions } = mesh
  const above = new Float32Array(positions.length / 3)
  const possible = new Float32Array(above.length)
  for (let v = 0; v < above.length; v++) {
    const [x, y, z] = [Math.abs(positions[3 * v]), positions[3 * v + 1], positions[3 * v + 2]]
    const side = Math.min(x, nape.from) / nape.from
    above[v] = y - nape.y - nape.sides * side - temple.rise * smoothstep(temple.from, temple.to, z)
    const reach = Math.hypot(y - ear.y, ear.narrower * (z - ear.z))
    const out = ear.front + (ear.back - ear.front) * smoothstep(-ear.from, -ear.to, -z)
    const onEar =
      smoothstep(out, out + ear.soft, x) * (1 - smoothstep(ear.reach - ear.soft, ear.reach, reach))
    const least = lowest.behind + (lowest.before - lowest.behind) * smoothstep(lowest.from, lowest.to, z)
    possible[v] = smoothstep(least, least + 1.5, y) * (1 - onEar)
  }
  return { mesh, above, possible }
}
