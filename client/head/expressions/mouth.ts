import { vertexNormals } from '../../capture/mesh/normals.ts'
import type { Mesh } from '../../face/types.ts'
import { behindSkin } from './behind-skin.ts'
import { morphOf } from './morph.ts'
import { mouthBag } from './mouth-bag.ts'
import { type MouthModel, mouthKinds } from './mouth-model.ts'
import { mouthTone, toneUv } from './mouth-tone.ts'
import type { Morph, Mouth } from './movement.ts'
import { type ExpressionName, type ExpressionWeights, expressionNames } from './names.ts'
import { leftOf, type PointOffsets } from './person-shapes.ts'

/** The front teeth stand so far behind the upper lip's edge: centimetres. */
const behindLip = 0.55
/** The skin below the nose tells where the upper jaw is, whatever the lips do. */
const jawLandmarks = [2, 97, 326]
const [upperLip, lowerLip] = [13, 17]

/** Of whom a mouth is. */
export interface MouthOwner {
  /** The face at rest, `faceMesh`, */
  face: Mesh
  /** and as it was captured. */
  seen: Mesh
  /** What the expressions do to the head's mesh, of which the face's vertices come first: V x 3 each. */
  dense: Record<ExpressionName, Float32Array>
  points: PointOffsets
  /** Takes n x 3 of the mean head to this one. */
  place: (points: ArrayLike<number>) => ArrayLike<number>
  /** 468 x 3: the mean head's landmarks. */
  mean: Float32Array
  /** N x N x 3, sRGB-encoded, 0..1: the face's, whose light the teeth take. */
  texture: Float32Array
  /** What the face makes at rest. */
  already: ExpressionWeights
}

/** Teeth, gums and tongue behind a person's lips, and the dark around them. */
export function mouthOf(model: MouthModel, owner: MouthOwner): Mouth {
  const { face, seen, dense, points, place, mean, texture, already } = owner
  const bag = mouthBag(face)
  const origin = place([0, 0, 0])
  const opened = already.jawOpen ?? 0
  const placed = Float32Array.from(place(model.open), (value, i) => value - origin[i % 3])
  const open = asFarAsLip(placed, points.jawOpen, already)
  const teeth = Float32Array.from(place(model.positions), (value, i) => value + opened * open[i])
  const nose = place(mean)
  const shift = [0, 1].map(
    (c) =>
      jawLandmarks.reduce((sum, v) => sum + face.positions[3 * v + c] - nose[3 * v + c], 0) /
      jawLandmarks.length,
  )
  let front = Number.NEGATIVE_INFINITY
  model.kind.forEach((kind, v) => {
    if (mouthKinds[kind] === 'tooth') front = Math.max(front, teeth[3 * v + 2])
  })
  const back = face.positions[3 * upperLip + 2] - behindLip - front
  for (let i = 0; i < teeth.length; i += 3) {
    teeth[i] += shift[0]
    teeth[i + 1] += shift[1]
    teeth[i + 2] += back
  }
  behindSkin(teeth, face)
  // The lips' own edge and what lies right behind it stays there.
  behindSkin(bag.positions.subarray(3 * bag.atLips), face)
  const positions = Float32Array.from([...bag.positions, ...teeth])
  const first = bag.light.length
  const triangles = Uint32Array.from([...bag.triangles, ...model.triangles.map((v) => first + v)])
  const morphs = {} as Record<ExpressionName, Morph>
  for (const name of expressionNames) {
    // Bone goes with the jaw, whatever lips and cheeks do.
    const way = name.startsWith('jaw') ? points[name].subarray(3 * lowerLip, 3 * lowerLip + 3) : [0, 0, 0]
    const offsets = new Float32Array(positions.length)
    offsets.set(bag.offsets(name, dense[name]))
    const ofTeeth = offsets.subarray(3 * first)
    for (let i = 0; i < ofTeeth.length; i++)
      ofTeeth[i] =
        name === 'jawOpen' ? leftOf(already.jawOpen) * open[i] : model.jaw[Math.floor(i / 3)] * way[i % 3]
    morphs[name] = morphOf(offsets)
  }
  const bones = Float32Array.from({ length: (2 * positions.length) / 3 }, (_, i) => i % 2)
  const uv = Float32Array.from([
    ...[...bag.light].flatMap((light) => toneUv('bag', light)),
    ...[...model.light].flatMap((light, v) => toneUv(mouthKinds[model.kind[v]], light)),
  ])
  const mesh = { positions, normals: vertexNormals(positions, triangles), uv, triangles }
  return { mesh, texture: mouthTone(texture, seen), morphs, bones }
}

/** Lower teeth go as far as the lower lip, lest they come out over it. */
function asFarAsLip(open: Float32Array, jawOpen: Float32Array, already: ExpressionWeights): Float32Array {
  let farthest = 0
  for (let i = 0; i < open.length; i += 3)
    farthest = Math.max(farthest, Math.hypot(open[i], open[i + 1], open[i + 2]))
  const [x, y, z] = jawOpen.subarray(3 * lowerLip, 3 * lowerLip + 3)
  const share = Math.hypot(x, y, z) / leftOf(already.jawOpen) / Math.max(1e-6, farthest)
  return open.map((value) => share * value)
}
