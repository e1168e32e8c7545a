import { platform } from '#platform'
import { captureLocated, findFaces as findFacesIn } from '../capture/capture.ts'
import { chooseFace, type WhichFace } from '../capture/find/choose-face.ts'
import { type LocatedFace, locateFace } from '../capture/locate/locate-face.ts'
import type { Capture, FaceBox } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { requireTextureSize } from '../run/choices.ts'
import type { PhotoSource } from './photo-source.ts'
import type { ModelPlace } from './platform/platform.ts'

/** Where the model files come from. */
export interface ModelOptions {
  /**
   * In browsers the address of a server that runs FaceRefiner's worker (another origin's needs a key for the page's
   * origin); default: the page's own origin. In Node the same, or the path of a folder; default: the folder that `npm run
   * models` fills. What is downloaded is checked against its sha256; browsers keep it.
   */
  models?: ModelPlace
}

/** Options of {@link capture}. */
export interface CaptureOptions extends ModelOptions {
  /** Which face: its rank by size (0 is the largest, the default), or one that {@link findFaces} found. */
  face?: WhichFace
  /**
   * Texels a side of the unwrapped photo and of the initial texture: 256, 512 (default) or 1024. {@link refine} lays the
   * photo out anew where it refines at another size.
   */
  size?: number
  /** height x width of the photo, not 0 on pixels that must not be believed: hair, glasses, hands. */
  distrust?: Uint8Array
  /**
   * Leave out what seems to cover the face (a mask, a scarf, sunglasses: `face.cover`), so that {@link refine} makes it anew.
   * Default: false.
   */
  uncover?: boolean
  /** Called with a sentence as each stage begins. */
  onStage?: (stage: string) => void
}

/**
 * A face, measured and laid out in UV space. Plain data: it can be posted to a web worker or stored.
 *
 * What most people need: `mesh` (centimetres, UVs from the top left), `content` (the initial texture, size x size x 3,
 * sRGB-encoded, 0..1), `evidence` and `quality` (what the photo shows of the face), `landmarks` (478 x 3, photo pixels).
 */
export interface Face extends Capture {
  /** The decoded photo: enough, with `located`, to lay it out at another size. */
  photo: Photo
  /** What the networks found: enough to lay the photo out at another size without them. */
  located: LocatedFace
  /** As they were given. */
  distrust?: Uint8Array
  uncover?: boolean
  /** Where the models came from, for {@link refine}. */
  models?: string
  /** Wall-clock seconds that decoding and capturing took. */
  seconds: { decode: number; capture: number }
}

/**
 * Finds the face of a photo, fits the mesh, lays the photo out in UV space and fills in what it does not show. Takes some
 * seconds, and 4 MB of model files at the first call. The photo goes nowhere.
 *
 * Best called from a web worker: it keeps its thread busy.
 *
 * @example
 * const face = await capture(file)
 * face.quality.own // -> 0.62: the photo itself shows 62% of the texture
 * @throws CaptureError `no-face`, `part-of-face`, `too-small`, `bad-mask`, `bad-numbers`, or of a file `not-an-image`, `empty`, `heic`,
 * `unread-format`, `damaged`, `unreadable`, `too-large`: one sentence to show as it is
 * @throws ModelError where a model file cannot be had or was altered on the way
 * @throws RangeError where there is no such size
 */
export async function capture(photo: PhotoSource, options: CaptureOptions = {}): Promise<Face> {
  const { face: which = 0, size = 512, distrust, uncover, models, onStage } = options
  requireTextureSize(size)
  const context = { store: platform.store(models) }
  const start = performance.now()
  const opened = await platform.decode(photo)
  const decoded = performance.now()
  const { face } = await chooseFace(opened, which, {
    ...context,
    onLooking: () => onStage?.('Looking for faces'),
  })
  onStage?.('Measuring the face')
  const located = await locateFace(opened, face, context)
  const captured = captureLocated(opened, located, { size, distrust, uncover, onStage })
  const seconds = { decode: (decoded - start) / 1000, capture: (performance.now() - decoded) / 1000 }
  return {
    ...{ ...captured, photo: opened, located, distrust, uncover, seconds },
    models: models && String(models),
  }
}

/**
 * The faces of a photo, largest first: what {@link capture} chooses among. None is an empty list.
 *
 * @example
 * const [, second] = await findFaces(file)
 * const face = await capture(file, { face: second })
 * @throws CaptureError those of a file, as {@link capture}; `no-face` (only a flat drawing or a pattern looks like one) or
 * `part-of-face` (most of it is not in the photo); ModelError
 */
export async function findFaces(photo: PhotoSource, options: ModelOptions = {}): Promise<FaceBox[]> {
  return findFacesIn(await platform.decode(photo), { store: platform.store(options.models) })
}

/** The face's photo at another number of texels; the face itself where that is its size. */
export function atSize(face: Face, size: number): Face {
  requireTextureSize(size)
  if (face.size === size) return face
  const { photo, located, distrust, uncover, models, seconds } = face
  const captured = captureLocated(photo, located, { size, distrust, uncover })
  return { ...captured, photo, located, distrust, uncover, models, seconds }
}
