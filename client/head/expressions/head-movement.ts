/** All that moves of a person's head. */

import { meshLandmarks } from '../../face/contours.ts'
import type { HeadHair } from '../hair/strips.ts'
import type { HeadInPhoto } from '../head-in-photo.ts'
import type { HeadMesh } from '../head-mesh.ts'
import { placement } from '../placement.ts'
import { eyesOnSurface } from './eyes-on-surface.ts'
import { hairMovement } from './hair-movement.ts'
import { bonesOnMesh, onMesh } from './mesh-offsets.ts'
import { morphOf } from './morph.ts'
import { mouthOf } from './mouth.ts'
import { mouthSheet } from './mouth-sheet.ts'
import type { HeadMovement, Morph } from './movement.ts'
import { type ExpressionName, expressionNames } from './names.ts'
import { personShapes } from './person-shapes.ts'

/**
 * @param mesh the finished head, `closeNeck`: its face as it was captured
 * @param texture N x N x 3, sRGB-encoded, 0..1: the face's, whose light the teeth take
 */
export function headMovement(
  { capture, kit, dressed }: Pick<HeadInPhoto, 'capture' | 'kit' | 'dressed'>,
  mesh: HeadMesh,
  hair: HeadHair | null,
  texture: Float32Array,
): HeadMovement {
  const { model, expressions, canonical, mean, fine } = kit
  const landmarks = capture.mesh.positions.slice(0, 3 * meshLandmarks)
  const points = personShapes(expressions, mean.positions, landmarks, canonical)
  const vertices = mesh.positions.length / 3
  const face = capture.mesh
  const eyes = eyesOnSurface(fine.face, face.positions)
  const sheet = mouthSheet(face)
  const dense = {} as Record<ExpressionName, Float32Array>
  const morphs = {} as Record<ExpressionName, Morph>
  for (const name of expressionNames) {
    const offsets = onMesh(fine, points[name], vertices)
    eyes(name, offsets)
    sheet.retract(offsets, points[name])
    dense[name] = offsets
    morphs[name] = morphOf(offsets)
  }
  const place = placement(model.landmarks, landmarks, canonical)
  const pivot = (at: Float32Array) => [...place(at)] as [number, number, number]
  return {
    head: { morphs, bones: bonesOnMesh(fine, expressions.bones, vertices) },
    hair: hair && hairMovement(hair.mesh, dressed, points, fine, expressions.bones),
    mouth: mouthOf(kit.mouth, { face, dense, points, place, mean: model.landmarks, texture }),
    pivots: { neck: pivot(expressions.pivots.neck), head: pivot(expressions.pivots.head) },
  }
}
