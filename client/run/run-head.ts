import type { RunRecord } from '../../worker/contract/record.ts'
import type { Capture } from '../face/types.ts'
import { headAtlas } from '../head/atlas.ts'
import { completeHead, type Head, type HeadRequest } from '../head/complete-head.ts'
import { doubtsOf, type HeadDoubt, whyFaceAlone } from '../head/doubts.ts'
import { faceOnHead } from '../head/hair/face-hair.ts'
import { type HeadInPhoto, headInPhoto } from '../head/head-in-photo.ts'
import type { HeadPhoto } from '../head/head-photo.ts'
import { type HeadKit, headKit } from '../head/kit.ts'
import { areFinite } from '../image/are-finite.ts'
import { RefinementError } from '../refine/refinement-error.ts'
import type { Refined } from '../refine/types.ts'
import { atlasPng } from '../result/png.ts'
import { recordWithHead } from '../result/record.ts'
import type { ModelStore } from '../runtime/models.ts'
import type { CoverChoice } from './choices.ts'

/** A run that has ended. */
export interface RunFace {
  /** At as many texels a side as were refined. */
  capture: Capture
  refined: Pick<Refined, 'texture' | 'size'>
  record: RunRecord
}

export interface RunHeadRequest extends HeadRequest {
  /** Default: `auto`. */
  cover?: CoverChoice
}

/** A head with the face's texture beside its own. */
export interface WholeHead extends Omit<Head, 'texture'> {
  /** size x 2 size x 3, sRGB-encoded, 0..1: `headAtlas`. */
  texture: Float32Array
  size: number
  /** The same as a PNG file. */
  png: Uint8Array<ArrayBuffer>
}

export interface RunHead {
  /** null: the face alone. */
  head: WholeHead | null
  /** Why the face alone is the better result; null where the head is as good, or was not asked for. */
  whyFaceAlone: HeadDoubt | null
  /** The run's, with what there is to say of the head. */
  record: RunRecord
}

/** So that another choice of hair goes on from what is known. */
const seen = new WeakMap<Capture, HeadInPhoto>()

/**
 * The rest of the head of a face that a run has refined: what it looks like, with nothing written. It goes on from the refined
 * texture, whose tone it takes at the rim.
 *
 * @param photo the capture's
 * @throws RangeError of a mesh from elsewhere, which has no head
 * @throws ModelError where a model file cannot be had; RefinementError `bad-numbers` where what was made is none
 */
export async function headOfRun(
  { capture, refined: { texture, size } }: Pick<RunFace, 'capture' | 'refined'>,
  photo: HeadPhoto,
  request: HeadRequest,
  store: ModelStore,
): Promise<Omit<WholeHead, 'png'>> {
  requireNumbers([texture, capture.mesh.positions], texture)
  const head = await completeHead(seenBy(capture, photo, await headKit(store)), texture, request)
  const atlas = headAtlas(faceOnHead(texture, head.faceHair), head.texture, size)
  requireNumbers([atlas, ...numbersOf(head)], texture)
  return { ...head, texture: atlas, size }
}

/** @param texture the face's @throws RefinementError `bad-numbers`, with it */
function requireNumbers(parts: readonly Float32Array[], texture: Float32Array): void {
  if (parts.every(areFinite)) return
  throw new RefinementError(
    'bad-numbers',
    'The numbers that the head is made of are none, so there is the face alone: choose the photo again.',
    texture,
  )
}

function numbersOf({ mesh, hair, movement: { head, hair: ofHair, mouth } }: Head): Float32Array[] {
  const meshes = [mesh, mouth.mesh, ...(hair ? [hair.mesh] : [])]
  const moving = [head, mouth, ...(ofHair ? [ofHair] : [])]
  return [
    ...meshes.flatMap(({ positions, normals, uv }) => [positions, normals, uv]),
    ...(hair ? [hair.colours] : []),
    ...moving.flatMap(({ bones, morphs }) => [bones, ...Object.values(morphs).map(({ offsets }) => offsets)]),
  ]
}

/**
 * {@link headOfRun} where it is wanted, with its files, the same for page, library and terminal.
 *
 * @param photo the capture's
 * @throws RangeError of a mesh from elsewhere, which has no head
 * @throws ModelError where a model file cannot be had; RefinementError `bad-numbers` where what was made is none
 */
export async function runHead(
  { capture, refined, record }: RunFace,
  photo: HeadPhoto,
  { cover = 'auto', hair = 'auto', expression = 'photo', bust = true }: RunHeadRequest,
  store: ModelStore,
): Promise<RunHead> {
  const start = performance.now()
  if (cover !== 'face') requireNumbers([refined.texture, capture.mesh.positions], refined.texture)
  const why = cover === 'face' ? null : whyFaceAlone(doubtsOf(seenBy(capture, photo, await headKit(store))))
  if (cover === 'face' || (cover === 'auto' && why)) {
    const alone = { cover, hair, expression, bust, whyFaceAlone: why, seconds: 0, made: null }
    return { head: null, whyFaceAlone: why, record: await recordWithHead(record, alone) }
  }
  const head = await headOfRun({ capture, refined }, photo, { hair, expression, bust }, store)
  const seconds = (performance.now() - start) / 1000
  const png = await atlasPng(head.texture, head.size)
  const { models } = await store.manifest()
  const made = { head: { ...head, style: head.hair?.style ?? null }, png, models }
  return {
    ...{ head: { ...head, png }, whyFaceAlone: why },
    record: await recordWithHead(record, {
      cover,
      hair,
      expression,
      bust,
      whyFaceAlone: null,
      seconds,
      made,
    }),
  }
}

function seenBy(capture: Capture, photo: HeadPhoto, kit: HeadKit): HeadInPhoto {
  const known = seen.get(capture)
  if (known?.kit === kit) return known
  const head = headInPhoto(capture, photo, kit)
  seen.set(capture, head)
  return head
}
