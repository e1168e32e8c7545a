/** What moves of a person's head, and the face that it makes at rest. */

import { meshLandmarks } from '../../face/contours.ts'
import type { Mesh } from '../../face/types.ts'
import { bindHair } from '../hair/binding.ts'
import type { HeadHair } from '../hair/strips.ts'
import type { HeadInPhoto } from '../head-in-photo.ts'
import type { HeadMesh } from '../head-mesh.ts'
import { placement } from '../placement.ts'
import { eyesOnSurface } from './eyes-on-surface.ts'
import { hairMovement, hairOffsets } from './hair-movement.ts'
import { bonesOnMesh, onMesh } from './mesh-offsets.ts'
import { morphOf } from './morph.ts'
import { mouthOf } from './mouth.ts'
import { mouthSheet } from './mouth-sheet.ts'
import type { HeadMovement, Morph } from './movement.ts'
import { type ExpressionName, expressionNames } from './names.ts'
import { personShapes } from './person-shapes.ts'
import { photoExpression, towardsNeutral } from './photo-expression.ts'
import type { RestExpression } from './rest-expressions.ts'

export interface MovingHead {
  /** As they were, but for another face at rest. */
  mesh: HeadMesh
  hair: HeadHair | null
  movement: HeadMovement
}

/**
 * Lets a finished head move.
 *
 * @param mesh of `closeNeck`: its face as it was captured
 * @param texture N x N x 3, sRGB-encoded, 0..1: the face's, whose light the teeth take
 */
export function movingHead(
  { capture, kit, dressed, at }: Pick<HeadInPhoto, 'capture' | 'kit' | 'dressed' | 'at'>,
  { mesh, hair }: { mesh: HeadMesh; hair: HeadHair | null },
  texture: Float32Array,
  rest: RestExpression,
): MovingHead {
  const { model, expressions, canonical, mean, fine } = kit
  const seen = capture.mesh.positions.slice(0, 3 * meshLandmarks)
  const place = placement(model.landmarks, seen, canonical)
  const shapes = personShapes(expressions, mean.positions, seen, place)
  const shown = photoExpression(seen, place(model.landmarks), shapes)
  const binding = hair && bindHair(hair.mesh, dressed)
  const vertices = mesh.positions.length / 3

  const undone = rest === 'neutral' ? towardsNeutral(seen, shown, shapes) : null
  const positions = undone ? sum(mesh.positions, onMesh(fine, undone, vertices)) : mesh.positions
  const hairMesh = hair && { ...hair.mesh }
  if (hairMesh && binding && undone)
    hairMesh.positions = sum(hairMesh.positions, hairOffsets(binding, undone))
  const face: Mesh = { ...capture.mesh, positions: positions.slice(0, capture.mesh.positions.length) }
  const landmarks = face.positions.slice(0, 3 * meshLandmarks)
  const already = undone ? {} : shown
  const points = personShapes(expressions, mean.positions, landmarks, place, already)

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
  const pivot = (at: Float32Array) => [...place(at)] as [number, number, number]
  return {
    mesh: { ...mesh, positions },
    hair: hair && hairMesh && { ...hair, mesh: hairMesh },
    movement: {
      head: { morphs, bones: bonesOnMesh(fine, expressions.bones, vertices) },
      hair: hairMesh && binding && hairMovement(hairMesh, binding, points, at.chin),
      mouth: mouthOf(kit.mouth, {
        face,
        seen: capture.mesh,
        dense,
        points,
        place,
        mean: model.landmarks,
        texture,
        already,
      }),
      pivots: { neck: pivot(expressions.pivots.neck), head: pivot(expressions.pivots.head) },
    },
  }
}

const sum = (a: Float32Array, b: Float32Array) => a.map((value, i) => value + b[i])
