import type { Morph } from './movement.ts'

/** Nothing that moves by less is worth keeping: centimetres. */
const least = 0.004

/** What moves of dense offsets. @param offsets V x 3 */
export function morphOf(offsets: Float32Array): Morph {
  const vertices: number[] = []
  for (let v = 0; 3 * v < offsets.length; v++)
    if (Math.hypot(offsets[3 * v], offsets[3 * v + 1], offsets[3 * v + 2]) > least) vertices.push(v)
  return {
    vertices: Uint32Array.from(vertices),
    offsets: Float32Array.from(vertices.flatMap((v) => [...offsets.subarray(3 * v, 3 * v + 3)])),
  }
}
