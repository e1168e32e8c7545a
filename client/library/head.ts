import { platform } from '#platform'
import type { Mesh } from '../face/types.ts'
import type { HairChoice } from '../head/complete-head.ts'
import type { HeadDoubt } from '../head/doubts.ts'
import { expressed, type HeadTurn } from '../head/expressions/expressed.ts'
import type { Movement } from '../head/expressions/movement.ts'
import { type ExpressionWeights, expressionNames } from '../head/expressions/names.ts'
import type { RestExpression } from '../head/expressions/rest-expressions.ts'
import { requireHairChoice, requireRestExpression } from '../run/choices.ts'
import { runHead, type WholeHead } from '../run/run-head.ts'
import { atSize, type Face, type ModelOptions } from './capture.ts'
import type { RefinedFace, RunRecord } from './refine.ts'

/** Options of {@link completeHead}. */
export interface HeadOptions extends ModelOptions {
  /**
   * `auto` (default): the style that comes nearest to the photo's, if any does. `photo`: only what is painted on the head itself.
   * `none`: a bare scalp. Or one of the styles: `afro01`, `bob01`, `bob02`, `braid01`, `long01`, `ponytail01`, `short01` to
   * `short04`.
   */
  hair?: HairChoice
  /**
   * The face at rest: as in the `photo` (default), or `neutral`: its smile is taken back and its lips are closed, as far as the
   * expressions allow.
   */
  expression?: RestExpression
  /** Shoulders in plain cloth, of the photo's colour; else the neck ends below the collar. Default: true. */
  bust?: boolean
}

/**
 * A person's whole head: ears, neck, skull and hair around the face. Plain data.
 *
 * What most people need: `mesh` (centimetres, in the face's frame; its UVs are those of `texture`), `texture` (size x 2 size x 3,
 * sRGB-encoded, 0..1: the face's square on the left, the rest's on the right), `png` (the same as a file) and `hair` (a mesh with
 * a texture of its own, or null). `movement` says how it moves: see {@link express}.
 */
export interface CompleteHead extends WholeHead {
  /** Why the face alone would be the better result (`turned`: the photo shows one side of the head alone; `hat`:
   * what covers it seems to be no hair); else null. */
  whyFaceAlone: HeadDoubt | null
  /** The run's, with what there is to say of the head. */
  record: RunRecord
}

/**
 * Completes a refined face to the whole head: the rest takes the tone of this face at its rim, and what the photo shows of neck,
 * ears and hair. The face itself stays as it is. Takes some seconds, and at the first call 0.2 MB of model files.
 *
 * Best called from a web worker: it keeps its thread busy.
 *
 * @param refined what {@link refine} gave for the same face
 * @example
 * const head = await completeHead(face, refined, { hair: 'auto' })
 * head.hair?.style // -> 'short02'
 * await toGlb(head, { texture: 'webp' })
 * @throws RangeError where there is no such hair, or the refined texture has no size that a face is laid out at
 * @throws ModelError where a model file cannot be had or was altered on the way
 * @throws RefinementError `bad-numbers` where face or texture holds NaN
 */
export async function completeHead(
  face: Face,
  refined: Pick<RefinedFace, 'texture' | 'size' | 'record'>,
  options: HeadOptions = {},
): Promise<CompleteHead> {
  const { hair = 'auto', expression = 'photo', bust, models = face.models } = options
  requireHairChoice(hair)
  requireRestExpression(expression)
  const capture = atSize(face, refined.size)
  const { photo, located, distrust } = face
  const made = await runHead(
    { capture, refined, record: refined.record },
    { photo, person: located.person, distrust },
    { cover: 'head', hair, expression, bust },
    platform.store(models),
  )
  // A head that is asked for is made.
  return { ...made.head!, whyFaceAlone: made.whyFaceAlone, record: made.record }
}

/** The meshes of a head that makes an expression. */
export interface ExpressedHead {
  head: Mesh
  /** null: it is bald, or its hair is painted on it. */
  hair: Mesh | null
  /** Teeth, tongue and the dark behind the lips; `movement.mouth.texture` is their texture. */
  mouth: Mesh
}

/**
 * A head that makes an expression: its meshes with other positions. Normals stay those of the head at rest.
 *
 * @param weights 0..1 by ARKit's names (`expressionNames`), or a viseme of `visemes`; what is left out is 0
 * @param turn how neck and head are turned, as 3 x 3 rotations; left out: straight
 * @example
 * const { head: smiling } = express(head, { mouthSmileLeft: 1, mouthSmileRight: 1, jawOpen: 0.2 })
 * smiling.positions // -> V x 3, centimetres
 * @throws RangeError where there is no such expression, or a weight is no number from 0 to 1
 */
export function express(
  { mesh, hair, movement }: Pick<CompleteHead, 'mesh' | 'hair' | 'movement'>,
  weights: ExpressionWeights,
  turn?: HeadTurn,
): ExpressedHead {
  for (const [name, weight] of Object.entries(weights)) {
    if (!(expressionNames as readonly string[]).includes(name))
      throw new RangeError(`There is no expression "${name}"; there are ${expressionNames.join(', ')}.`)
    if (!(weight >= 0 && weight <= 1))
      throw new RangeError(`The weight of ${name} is ${weight}; weights are numbers from 0 to 1.`)
  }
  const turned = turn && { ...turn, pivots: movement.pivots }
  const moved = (of: Mesh, by: Movement): Mesh => ({
    ...of,
    positions: expressed(of.positions, by, weights, turned),
  })
  return {
    head: moved(mesh, movement.head),
    hair: hair && movement.hair && moved(hair.mesh, movement.hair),
    mouth: moved(movement.mouth.mesh, movement.mouth),
  }
}
