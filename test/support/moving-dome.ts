import type { HeadMovement } from '../../client/head/expressions/movement.ts'
import { dome } from '../unit/result/synthetic.ts'
import { simpleMovement } from './movement.ts'

/**
 * Movement of `dome(12)`: its middle goes back with the jaw and its brow with a blink, which shows a green square behind its middle;
 * what lies more than 4 cm above the middle turns with the head.
 */
export function movingDome(): HeadMovement {
  const { positions } = dome(12)
  const head = simpleMovement(positions.length / 3)
  const middle: number[] = []
  const brow: number[] = []
  for (let v = 0; v < head.bones.length / 2; v++) {
    const [x, y] = positions.subarray(3 * v, 3 * v + 2)
    if (Math.hypot(x, y) < 3) middle.push(v)
    if (Math.hypot(x, y - 6) < 2) brow.push(v)
    head.bones.set([0, y > 4 ? 1 : 0], 2 * v)
  }
  head.morphs.jawOpen = back(middle)
  head.morphs.eyeBlinkLeft = back(brow)
  const square = {
    positions: Float32Array.of(-1, 1, 1.5, 1, 1, 1.5, 1, -1, 1.5, -1, -1, 1.5),
    normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
    uv: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
    triangles: Uint32Array.of(0, 3, 1, 1, 3, 2),
  }
  const { morphs } = simpleMovement(4)
  const still = { morphs: { ...morphs, jawOpen: back([]) }, bones: new Float32Array(8) }
  const texture = { size: 1, data: Uint8ClampedArray.of(0, 200, 0, 255) }
  return {
    head,
    hair: null,
    mouth: { ...still, mesh: square, texture },
    pivots: { neck: [0, -5, 0], head: [0, 0, 0] },
  }
}

/** By 6 cm. */
function back(vertices: readonly number[]) {
  const offsets = Float32Array.from({ length: 3 * vertices.length }, (_, i) => (i % 3 === 2 ? -6 : 0))
  return { vertices: Uint32Array.from(vertices), offsets }
}
