/** The model file of the rest of a head. */
import { type CanonicalFace, readCanonicalFace } from '../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../client/capture/mesh/face-mesh.ts'
import { type Bust, rowTriangles } from '../../client/head/bust.ts'
import type { ExpressionModel } from '../../client/head/expressions/expression-model.ts'
import { headPoints } from '../../client/head/hair/head-points.ts'
import { headMesh } from '../../client/head/head-mesh.ts'
import { type HeadModel, opennessSteps, positionStep, uvSteps } from '../../client/head/head-model.ts'
import { neckEnd } from '../../client/head/neck-end.ts'
import { placement } from '../../client/head/placement.ts'
import { canonicalFace } from '../canonical-face.ts'
import { packageFolder } from '../package.ts'
import type { Recipe } from '../recipe.ts'
import { bustOf, packBust, withSeam } from './bust.ts'
import { landmarksOn, readCorrespondence } from './correspondence.ts'
import { expressionsOf, packExpressionModel } from './expressions.ts'
import { meanHead } from './hair-styles.ts'
import { layOut } from './layout.ts'
import {
  type Human,
  makeHumanLicence,
  makeHumanPackage,
  makeHumanSource,
  readHuman,
  referenceBody,
} from './make-human.ts'
import { mouthOf, packMouthModel } from './mouth.ts'
import { openness, type Surface } from './openness.ts'
import { remainderOf } from './remainder.ts'

export const headModel: Recipe = {
  id: 'head',
  from: makeHumanPackage,
  purpose: 'head',
  licence: makeHumanLicence,
  source: `${makeHumanSource}; teeth and tongue are equal to the release's, too`,
  make: async () => {
    const canonical = readCanonicalFace(await canonicalFace.make())
    const human = await readHuman()
    const { head, bust, expressions } = meanHeadOf(human, canonical)
    const { body, place } = meanHead(human, canonical)
    const mouth = mouthOf(await packageFolder(makeHumanPackage), human, body, place)
    return new Map([
      ['head.bin', packHeadModel(head)],
      ['bust.bin', packBust(bust)],
      ['expressions.bin', packExpressionModel(expressions)],
      ['mouth.bin', packMouthModel(mouth)],
    ])
  },
}

export interface MeanHeadFiles {
  head: HeadModel
  bust: Bust
  expressions: ExpressionModel
}

/** The mean head, the bust under it and how expressions move it, laid on the canonical face. */
export function meanHeadOf(human: Human, canonical: CanonicalFace): MeanHeadFiles {
  const body = referenceBody(human)
  const landmarks = landmarksOn(body, readCorrespondence())
  const remainder = remainderOf(body, human.triangles, landmarks, canonical)
  const { uv, origin, triangles } = layOut(remainder, landmarks, canonical)
  const place = placement(landmarks, canonical.pos, canonical)
  const laid = (places: ArrayLike<number>) => Float32Array.from(place(places))
  const rest = { positions: laid(remainder.positions), triangles: remainder.triangles }
  const onFace = laid(landmarks)
  const face = faceMesh(onFace, canonical)
  const dark = new Float32Array(rest.positions.length / 3)
  const head = { positions: rest.positions, openness: dark, landmarks: onFace, origin, uv, triangles }

  const whole = headMesh(head, face, canonical)
  const neck = neckEnd(whole).flatMap((v) => [...whole.positions.subarray(3 * v, 3 * v + 3)])
  const toBody = placement(onFace, landmarks, canonical)
  const { columns, ...cloth } = bustOf({ positions: body, triangles: human.triangles }, toBody(neck))
  const positions = laid(cloth.positions)
  const bust = { positions, triangles: rowTriangles(columns, positions.length / 3) }
  const mean = headPoints(head, head, canonical).positions
  return {
    expressions: expressionsOf({ human, base: remainder.base, mean, place }),
    head: { ...head, openness: openness(rest, joined(face, bust)) },
    bust: { columns, positions, openness: withSeam(openness(bust, whole), columns) },
  }
}

/** Two surfaces as one. */
function joined(first: Surface, second: Surface): Surface {
  const count = first.positions.length / 3
  return {
    positions: [...Array.from(first.positions), ...Array.from(second.positions)],
    triangles: [...Array.from(first.triangles), ...Array.from(second.triangles, (v) => count + v)],
  }
}

/**
 * The bytes that `readHeadModel` reads.
 *
 * @throws Error where a number does not fit into two bytes: positions reach to 32 cm
 */
export function packHeadModel(model: HeadModel): Uint8Array {
  const { positions, landmarks, origin, uv, triangles, openness } = model
  const inSteps = (places: Float32Array) => Array.from(places, (value) => Math.round(value / positionStep))
  const signed = [...inSteps(positions), ...inSteps(landmarks)]
  const unsigned = [
    ...origin,
    ...Array.from(uv, (value) => Math.round(value * uvSteps)),
    ...triangles,
    ...Array.from(openness, (value) => Math.round(value * opennessSteps)),
  ]
  if (
    signed.some((value) => Math.abs(value) > 32_767) ||
    unsigned.some((value) => value < 0 || value > 65_535)
  )
    throw new Error('The head does not fit into numbers of two bytes.')
  const counts = [positions.length / 3, origin.length, triangles.length / 3]
  return new Uint8Array(Uint16Array.from([...counts, ...signed, ...unsigned]).buffer)
}
