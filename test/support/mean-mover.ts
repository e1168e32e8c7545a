import { faceMesh } from '../../client/capture/mesh/face-mesh.ts'
import type { Capture } from '../../client/face/types.ts'
import { type MovingHead, movingHead } from '../../client/head/expressions/head-movement.ts'
import type { RestExpression } from '../../client/head/expressions/rest-expressions.ts'
import type { HeadHair } from '../../client/head/hair/strips.ts'
import { headMesh } from '../../client/head/head-mesh.ts'
import type { HeadKit } from '../../client/head/kit.ts'

/** A grey face with white eyes. */
const texture = new Float32Array(3 * 64 * 64).fill(0.5)

/**
 * The mean head, made to move without a photo.
 *
 * @param landmarks 468 x 3: of another face on it; default: its own
 * @param hair on it; default: none
 */
export function meanMover(
  kit: HeadKit,
  { landmarks = kit.model.landmarks, hair = null as HeadHair | null, rest = 'photo' as RestExpression } = {},
): MovingHead {
  const face = faceMesh(landmarks, kit.canonical)
  const capture = { mesh: face } as Capture
  const at = { eyes: 2.5, chin: landmarks[3 * 152 + 1], side: 7 }
  const mesh = headMesh(kit.model, face, kit.canonical)
  return movingHead({ capture, kit, dressed: kit.dressed, at }, { mesh, hair }, texture, rest)
}
