/** What moves of a person's head, and the face that it makes at rest. */

import { meshLandmarks } from '../../face/contours.ts'
import type { Capture, Mesh } from '../../face/types.ts'
import { areSame } from '../../image/are-same.ts'
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
import { type PointOffsets, personShapes } from './person-shapes.ts'
import { photoExpression, towardsNeutral } from './photo-expression.ts'
import type { RestExpression } from './rest-expressions.ts'

export interface MovingHead {
  /** As they were, but for another face at rest. */
  mesh: HeadMesh
  hair: HeadHair | null
  movement: HeadMovement
}

/** What of a head is needed for it to move. */
type Mover = Pick<HeadInPhoto, 'capture' | 'kit' | 'dressed' | 'at'>

/**
 * Lets a finished head move.
 *
 * @param mesh of `closeNeck`: its face as it was captured
 * @param texture N x N x 3, sRGB-encoded, 0..1: the face's, whose light the teeth take
 */
export function movingHead(
  head: Mover,
  { mesh, hair }: { mesh: HeadMesh; hair: HeadHair | null },
  texture: Float32Array,
  rest: RestExpression,
): MovingHead {
  const { undone, points, movement } = underHair(head, mesh.positions.length / 3, texture, rest)
  const moved = { ...mesh, positions: undone ? sum(mesh.positions, undone.mesh) : mesh.positions }
  if (!hair) return { mesh: moved, hair, movement: { ...movement, hair: null } }
  const binding = bindHair(hair.mesh, head.dressed)
  const { positions } = hair.mesh
  const hairMesh = {
    ...hair.mesh,
    positions: undone ? sum(positions, hairOffsets(binding, undone.points)) : positions,
  }
  return {
    mesh: moved,
    hair: { ...hair, mesh: hairMesh },
    movement: { ...movement, hair: hairMovement(hairMesh, binding, points, head.at.chin) },
  }
}

const sum = (a: Float32Array, b: Float32Array) => a.map((value, i) => value + b[i])

/** What is the same under all kinds of hair. */
interface UnderHair {
  /** The face's texture that the teeth's colour is of. */
  texture: Float32Array
  /** What makes the face at rest another: P x 3 of its points, V x 3 of the mesh; null: it is as in the photo. */
  undone: { points: Float32Array; mesh: Float32Array } | null
  points: PointOffsets
  movement: Omit<HeadMovement, 'hair'>
}

const kept = new WeakMap<Capture, Map<string, UnderHair>>()

/** Kept until the face's texture is another one. @param vertices of the head's mesh */
function underHair(head: Mover, vertices: number, texture: Float32Array, rest: RestExpression): UnderHair {
  const kind = `${rest} ${vertices}`
  const ofFace = kept.get(head.capture) ?? new Map<string, UnderHair>()
  kept.set(head.capture, ofFace)
  const known = ofFace.get(kind)
  if (known && areSame(known.texture, texture)) return known
  const made = { texture, ...movesOf(head, vertices, texture, rest) }
  ofFace.set(kind, made)
  return made
}

function movesOf(
  { capture, kit }: Mover,
  vertices: number,
  texture: Float32Array,
  rest: RestExpression,
): Omit<UnderHair, 'texture'> {
  const { model, expressions, canonical, mean, fine } = kit
  const captured = capture.mesh.positions
  const seen = captured.slice(0, 3 * meshLandmarks)
  const place = placement(model.landmarks, seen, canonical)
  const shapes = personShapes(expressions, mean.positions, seen, place)
  const shown = photoExpression(seen, place(model.landmarks), shapes)
  const towards = rest === 'neutral' ? towardsNeutral(seen, shown, shapes) : null
  const undone = towards && { points: towards, mesh: onMesh(fine, towards, vertices) }
  const positions = undone ? sum(captured, undone.mesh) : captured
  const face: Mesh = { ...capture.mesh, positions }
  const already = undone ? {} : shown
  const points = personShapes(
    expressions,
    mean.positions,
    positions.slice(0, 3 * meshLandmarks),
    place,
    already,
  )

  const eyes = eyesOnSurface(fine.face, positions)
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
  const owner = { face, seen: capture.mesh, dense, points, place, mean: model.landmarks, texture, already }
  const pivot = (at: Float32Array) => [...place(at)] as [number, number, number]
  return {
    ...{ undone, points },
    movement: {
      head: { morphs, bones: bonesOnMesh(fine, expressions.bones, vertices) },
      mouth: mouthOf(kit.mouth, owner),
      pivots: { neck: pivot(expressions.pivots.neck), head: pivot(expressions.pivots.head) },
    },
  }
}
