import { type Basis, placement } from '../placement.ts'
import { distanceBefore, type HairBinding, neighbourCount } from './binding.ts'
import type { HairStyle } from './hair-style.ts'
import type { HeadPoints } from './head-points.ts'

/**
 * Brings a style onto a person's head: it goes where the mean head's landmarks go, moves by what is left of the difference at
 * the points around, and is pushed out of the head.
 *
 * @returns V x 3, centimetres, head frame
 */
export function followHead(
  { positions }: Pick<HairStyle, 'positions'>,
  binding: HairBinding,
  mean: HeadPoints,
  person: HeadPoints,
  basis: Basis,
): Float32Array {
  const place = placement(mean.positions, person.positions, basis)
  const moved = place(mean.positions).map((value, i) => person.positions[i] - value)
  const result = Float32Array.from(place(positions))
  const { neighbours, weights } = binding
  for (let i = 0; i < neighbours.length; i++) {
    const to = 3 * Math.floor(i / neighbourCount)
    for (let c = 0; c < 3; c++) result[to + c] += weights[i] * moved[3 * neighbours[i] + c]
  }
  pushOut(result, binding, person)
  return result
}

/** Hair may come as near to the head as this, centimetres, and nearer only where it was. */
const enoughClearance = 0.5
/** The plane of a point that is further off than this says nothing: centimetres. */
const nearHead = 4

/**
 * Moves hair out of a person's head, along the normal of each vertex's nearest point among those that it follows.
 *
 * @param positions V x 3, centimetres, head frame: changed in place
 */
export function pushOut(
  positions: Float32Array,
  { neighbours, clearance }: HairBinding,
  person: HeadPoints,
): void {
  for (let v = 0; v < clearance.length; v++) {
    const place = positions.subarray(3 * v, 3 * v + 3)
    let nearest = -1
    let least = nearHead ** 2
    for (let i = v * neighbourCount; i < (v + 1) * neighbourCount; i++) {
      const k = 3 * neighbours[i]
      const dx = person.positions[k] - place[0]
      const dy = person.positions[k + 1] - place[1]
      const dz = person.positions[k + 2] - place[2]
      const squared = dx * dx + dy * dy + dz * dz
      if (squared >= least) continue
      least = squared
      nearest = neighbours[i]
    }
    if (nearest < 0) continue
    const missing = Math.min(clearance[v], enoughClearance) - distanceBefore(place, person, nearest)
    if (missing > 0) for (let c = 0; c < 3; c++) place[c] += missing * person.normals[3 * nearest + c]
  }
}
