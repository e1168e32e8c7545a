import type { Morph } from './movement.ts'

/** Nothing that moves by less is worth keeping: centimetres. */
const least = 0.004

/** What moves of dense offsets. @param offsets V x 3 */
export function morphOf(offsets: Float32Array): Morph {
  const vertices = new Uint32Array(offsets.length / 3)
  let count = 0
  for (let v = 0; v < vertices.length; v++) {
    const x = offsets[3 * v]
    const y = offsets[3 * v + 1]
    const z = offsets[3 * v + 2]
    if (Math.sqrt(x * x + y * y + z * z) > least) vertices[count++] = v
  }
  const moving = new Float32Array(3 * count)
  for (let k = 0; k < count; k++) for (let c = 0; c < 3; c++) moving[3 * k + c] = offsets[3 * vertices[k] + c]
  return { vertices: vertices.slice(0, count), offsets: moving }
}
