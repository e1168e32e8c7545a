import type { Camera, Mesh } from '../../face/types.ts'
import type { HeadMovement } from '../../head/expressions/movement.ts'
import type { HeadHair } from '../../head/hair/strips.ts'
import type { RendererWorker } from '../messages.ts'
import type { Pixels } from '../pixels.ts'
import { WorkerError } from '../worker-life.ts'
import { type Running, startRendererWorker } from '../workers.ts'
import type { Crop } from './clip.ts'
import type { View } from './orbit.ts'

/** What is drawn: a mesh and the texture on it. */
export interface Face {
  mesh: Mesh
  texture: Pixels
  /** Of a whole head, which can be looked at from all sides; null: it has no strips of hair. Left out: the face alone. */
  hair?: Hair | null
  /** Of a whole head: what its expressions and bones move. Left out or null: it is stiff. */
  movement?: HeadMovement | null
  /** `Evidence` of each texel: it is drawn instead of the texture. Left out: the texture itself. */
  evidence?: Uint8Array
  /** `Evidence` of each texel of the face: what it does not know is being made, and can be made to glow. */
  coming?: Uint8Array
}

/** Strips of hair, cut out by their texture's alpha and seen from both sides. */
export type Hair = Pick<HeadHair, 'mesh' | 'colours' | 'texture'>

export const isWhole = ({ hair }: Face) => hair !== undefined

/** Is it the same that is drawn? */
export function isSameFace(a: Face | null, b: Face | null): boolean {
  return (
    a?.mesh === b?.mesh &&
    a?.texture === b?.texture &&
    a?.hair === b?.hair &&
    a?.movement === b?.movement &&
    a?.evidence === b?.evidence &&
    a?.coming === b?.coming
  )
}

/** Textures that stay with the renderer: before, after, where it comes from, and the one that comes next. */
const kept = 4

let worker: Running<RendererWorker> | null = null
let shownMesh: Mesh | null = null
let shownHair: Hair | null = null
let shownMovement: HeadMovement | null = null
/** What is known to be coming, and of which mesh; thumbnails without it do not take it away. */
let shownComing: { evidence: Uint8Array; mesh: Mesh } | null = null
/** By the texture, or the evidence that is drawn in its place. */
const keys = new Map<Pixels | Uint8Array, number>()
let nextKey = 0

/**
 * The face as seen in `view`, width x height device pixels, the stage shining through around it.
 *
 * @param fading what it fades in over, and how much of that is still to be seen, 0..1
 * @throws where the browser has no WebGL in workers
 */
export function drawFromOrbit(
  face: Face,
  width: number,
  height: number,
  view: View,
  fading: { texture: Pixels; share: number } | null = null,
): Promise<ImageBitmap> {
  return drawn(face, (api, key) => {
    // One that the renderer has let go of meanwhile is not worth sending again.
    const under = fading ? keys.get(fading.texture) : undefined
    if (!fading || under === undefined) return api.fromOrbit(key, width, height, view, null)
    return api.fromOrbit(key, width, height, view, { key: under, share: fading.share })
  })
}

/** The face alone, side x side, where the photo's crop shows it. */
export function drawOverPhoto(face: Face, side: number, camera: Camera, crop: Crop): Promise<ImageBitmap> {
  return drawn(face, (api, key) => api.overPhoto(key, side, camera, crop))
}

type Renderer = Running<RendererWorker>['api']

/** Where the renderer dies, another draws; one that dies as well has a reason. */
async function drawn(
  face: Face,
  ask: (api: Renderer, key: number) => Promise<ImageBitmap>,
): Promise<ImageBitmap> {
  const once = () => {
    const { api, key } = prepare(face)
    return ask(api, key)
  }
  try {
    return await once()
  } catch (error) {
    if (error instanceof WorkerError) return once()
    throw error
  }
}

/** Lets the renderer load, so that the first drawing need not wait for its script. */
export function loadRenderer(): void {
  worker ??= startRendererWorker(() => {
    worker = null
    shownMesh = shownHair = shownMovement = shownComing = null
    keys.clear()
  })
}

/** Sends what the renderer does not have yet. Messages keep their order, so nothing has to be waited for. */
function prepare(face: Face) {
  const { mesh, texture, hair = null, movement = null, evidence = null, coming } = face
  loadRenderer()
  const { api } = worker!
  const unheard = () => {} // The drawing that follows fails too, and is heard.
  if (mesh !== shownMesh) {
    api.setMesh(mesh, isWhole(face)).catch(unheard)
    shownMovement = null
  }
  shownMesh = mesh
  if (hair !== shownHair) api.setHair(hair).catch(unheard)
  shownHair = hair
  if (movement !== shownMovement) api.setMovement(movement).catch(unheard)
  shownMovement = movement
  if (coming && (coming !== shownComing?.evidence || mesh !== shownComing.mesh)) {
    api.setComing(coming).catch(unheard)
    shownComing = { evidence: coming, mesh }
  }
  const drawn = evidence ?? texture
  let key = keys.get(drawn)
  if (key === undefined) {
    key = nextKey++
    keys.set(drawn, key)
    api.addTexture(key, texture, evidence).catch(unheard)
    if (keys.size > kept) {
      const [oldest, oldKey] = keys.entries().next().value!
      keys.delete(oldest)
      api.removeTexture(oldKey).catch(unheard)
    }
  }
  return { api, key }
}
