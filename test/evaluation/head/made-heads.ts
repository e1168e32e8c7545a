/** MakeHuman's heads of random shape, whose whole shape is known, and what our own capture makes of pictures of them. */

import { captureLocated } from '../../../client/capture/capture.ts'
import { chooseFace } from '../../../client/capture/find/choose-face.ts'
import { locateFace } from '../../../client/capture/locate/locate-face.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { meshLandmarks } from '../../../client/face/contours.ts'
import { completeHead } from '../../../client/head/complete-head.ts'
import { faceRim } from '../../../client/head/face-rim.ts'
import { headInPhoto } from '../../../client/head/head-in-photo.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import type { HeadKit } from '../../../client/head/kit.ts'
import { placement } from '../../../client/head/placement.ts'
import { restMesh } from '../../../client/head/rest-mesh.ts'
import { random } from '../../../client/image/random.ts'
import type { ModelStore } from '../../../client/runtime/models.ts'
import { landmarksOn, readCorrespondence } from '../../../models/head/correspondence.ts'
import { lookingAt, looksFolder, readLook, upperSkin } from '../../../models/head/looks.ts'
import {
  type Ethnicity,
  ethnicities,
  type Human,
  humanIn,
  meanBody,
  referenceBody,
  type Sex,
} from '../../../models/head/make-human.ts'
import { paintHead } from '../../../models/head/paint-head.ts'
import { remainderOf } from '../../../models/head/remainder.ts'
import { type ShapeError, shapeError } from '../metrics/shape-error.ts'
import { seedOf } from '../seed.ts'

export interface MadeHead {
  /** 19,158 x 3, centimetres */
  body: Float64Array
  ethnicity: Ethnicity
  sex: Sex
}

/** Targets of the head that are number by number those of the CC0 release, of both sides. */
const shapes = [
  ...[
    'brown-1',
    'brown-2',
    'cheek-1',
    'cheek-2',
    'ear-1',
    'ear-2',
    'ear-3',
    'ear-4',
    'jaw-1',
    'jaw-2',
    'jaw-3',
  ],
  ...['mouth-1', 'mouth-2', 'nose-1', 'nose-2', 'nose-3', 'nose-4', 'temple-1', 'temple-2', 'top-1', 'top-2'],
].flatMap((name) => ['l', 'r'].map((side) => `asym/asym-${name}-${side}`))
/** Each is used by this chance, as strong as this deviation. */
const used = { chance: 0.5, strength: 0.35 }
/** Old age at most, of men: of women its targets are others than the released ones. */
const oldest = 0.8

/** A head of random ethnicity, sex, age and asymmetry. */
export function madeHead(human: Pick<Human, 'positions' | 'target'>, seed: number): MadeHead {
  const { next, normal } = random(seed)
  const amounts = ethnicities.map(() => normal() ** 2)
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  const [african, asian, caucasian] = amounts.map((amount) => amount / sum)
  const share = { african, asian, caucasian }
  const male = next() < 0.5 ? 0 : 1
  const body = meanBody(human, share, male)
  const add = (name: string, amount: number) => {
    if (amount === 0) return
    const displacements = human.target(name)
    for (let i = 0; i < body.length; i++) body[i] += amount * displacements[i]
  }
  const old = oldest * male * next() ** 2
  for (const one of ['african', 'caucasian'] as const) {
    add(`macrodetails/${one}-male-old`, old * share[one])
    add(`macrodetails/${one}-male-young`, -old * share[one])
  }
  for (const name of shapes)
    if (next() < used.chance) add(name, Math.min(1, used.strength * Math.abs(normal())))
  const ethnicity = ethnicities.toSorted((a, b) => share[b] - share[a])[0]
  return { body, ethnicity, sex: male ? 'male' : 'female' }
}

export interface MadeRow {
  head: number
  /** Degrees that the head is turned by in its picture. */
  yaw: number
  /** `face`: as the face's shape alone tells; `outline`: fitted to the picture's outline too. */
  by: 'face' | 'outline'
  error: ShapeError
}

/** Pictures of `--protocol head`: pixels a side and a centimetre. */
const picture = { size: 512, scale: 15 }
/** Texels: shape does not depend on them. */
const size = 128

/**
 * @param count of heads
 * @param yaws degrees
 * @param onFailure told of a picture that gave no head
 */
export async function* madeRows(
  count: number,
  yaws: readonly number[],
  { store, kit }: { store: ModelStore; kit: HeadKit },
  onFailure: (head: number, yaw: number, message: string) => void,
): AsyncGenerator<MadeRow> {
  const { model, canonical } = kit
  const folder = await looksFolder()
  const human = humanIn(folder)
  const skin = upperSkin(human)
  const correspondence = readCorrespondence()
  const reference = referenceBody(human)
  const { base } = remainderOf(reference, human.triangles, landmarksOn(reference, correspondence), canonical)
  const restOf = (body: Float64Array) => {
    const face = faceMesh(Float32Array.from(landmarksOn(body, correspondence)), canonical)
    const rim = faceRim(face).flatMap((v) => [...face.positions.subarray(3 * v, 3 * v + 3)])
    return restMesh(model, [...rim, ...base.flatMap((v) => [...body.subarray(3 * v, 3 * v + 3)])]).positions
  }
  const parts = restOf(reference)
  for (let head = 0; head < count; head++) {
    const { body, ethnicity, sex } = madeHead(human, seedOf(`head ${head + 1}`))
    const { image, ...extras } = await readLook(folder, ethnicity, sex)
    const landmarks = landmarksOn(body, correspondence)
    const truth = restOf(body)
    for (const yaw of yaws) {
      try {
        const pose = lookingAt(body, skin, { yaw }, picture)
        const { photo } = paintHead(body, { ...skin, image }, extras, pose, picture.size)
        const { face } = await chooseFace(photo, 0, { store })
        const { person, ...located } = await locateFace(photo, face, { store })
        const capture = captureLocated(photo, { ...located, person }, { size })
        const onto = placement(capture.mesh.positions.subarray(0, 3 * meshLandmarks), landmarks, canonical)
        const plain = headMesh(model, capture.mesh, canonical)
        const fitted = await completeHead(headInPhoto(capture, { photo, person }, kit), capture.content, {
          hair: 'none',
          bust: false,
        })
        for (const [by, mesh] of [['face', plain] as const, ['outline', fitted.mesh] as const]) {
          const from = 3 * plain.faceVertices
          const found = onto(mesh.positions.subarray(from, from + truth.length))
          yield { head: head + 1, yaw, by, error: shapeError(found, truth, parts) }
        }
      } catch (error) {
        onFailure(head + 1, yaw, (error as Error).message)
      }
    }
  }
}
