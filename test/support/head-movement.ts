import type { Mesh } from '../../client/face/types.ts'
import type { HeadMovement } from '../../client/head/expressions/movement.ts'
import { expressionNames } from '../../client/head/expressions/names.ts'
import type { HeadAnimation } from '../../client/result/head-animation.ts'
import { dome } from '../unit/result/synthetic.ts'
import { simpleMovement } from './movement.ts'

/** Movement, as {@link simpleMovement} makes it, of a head with these meshes, and a small mouth behind it. */
export function simpleHeadMovement(head: Mesh, hair: Mesh | null): HeadMovement {
  const mesh = dome(2)
  const of = ({ positions }: Mesh) => simpleMovement(positions.length / 3)
  const data = Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256))
  return {
    head: of(head),
    hair: hair && of(hair),
    mouth: { ...of(mesh), mesh, texture: { size: 4, data } },
    pivots: { neck: [0, -12, -3], head: [0, -5, -1] },
  }
}

/** A jaw that opens and closes within a second, unevenly, and a head that turns about the vertical meanwhile. */
export function simpleAnimation(frames = 5): HeadAnimation {
  const jaw = expressionNames.indexOf('jawOpen')
  const times = Float32Array.from({ length: frames }, (_, i) => i / (frames - 1))
  const weights = new Float32Array(frames * expressionNames.length)
  const head = new Float32Array(4 * frames)
  const neck = Float32Array.from({ length: 4 * frames }, (_, i) => (i % 4 === 3 ? 1 : 0))
  for (const [i, time] of times.entries()) {
    weights[i * expressionNames.length + jaw] = Math.sin(Math.PI * time)
    const angle = 0.5 * Math.sin(2 * Math.PI * time)
    head.set([0, Math.sin(angle / 2), 0, Math.cos(angle / 2)], 4 * i)
  }
  return { name: 'performance', times, weights, turns: { neck, head } }
}
