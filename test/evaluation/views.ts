/**
 * What a viewer sees of a result: its own mesh with its texture, beside the true mesh with the true texture. In UV a landmark
 * that is off by two texels costs as much as a wrong colour; in these pictures only as much as it shows.
 */

import { similarity } from '../../client/capture/locate/pose.ts'
import { renderTexture, turnedCamera } from '../../client/capture/mesh/render.ts'
import type { Camera, Mesh } from '../../client/face/types.ts'
import { roomToTurn } from './room-to-turn.ts'
import type { Case, ViewRegion } from './types.ts'

/** Renders are made larger and shrunk, for smooth edges. */
const oversampling = 2
/** A texel between known and unknown ones is looked up from both. */
const surely = 0.999
/** Share of the picture: what is scored on fewer pixels is chance. */
const least = 0.005

export interface View {
  region: ViewRegion
  /** Degrees. */
  yaw: number
  camera: Camera
  /** The result's mesh, brought onto the true one where there is a truth. */
  mesh: Mesh
  /** Texels and pixels a side. */
  size: number
  /** Null where the case has no truth. */
  truth: {
    /** size x size x 3, 0..1. */
    picture: Float32Array
    /** size x size, 1 where both meshes show and the truth's texel is known; null where that is next to nowhere. */
    scored: Uint8Array | null
  } | null
}

/** The case from the front and from the side that its photo shows less of. */
export function viewsOf({ capture, truth }: Case, hiddenYaw: number): View[] {
  const { size } = capture
  const mesh = truth ? broughtOnto(capture.mesh, truth.mesh) : capture.mesh
  const side = oversampling * size
  const framed = { positions: roomToTurn(truth?.framed ?? (truth ?? capture).mesh.positions) }
  const angles = [
    ['frontal', 0],
    ['turned', hiddenYaw],
  ] as const
  return angles.map(([region, yaw]) => {
    const view = { region, yaw, mesh, size, camera: turnedCamera(framed, { yaw }, side, side) }
    if (!truth) return { ...view, truth: null }
    const ofTruth = { ...view, mesh: truth.mesh }
    const shown = pictureOf(view, new Float32Array(3 * size * size).fill(1))
    const known = pictureOf(ofTruth, threefold(truth.regions.whole, size))
    const scored = Uint8Array.from({ length: size * size }, (_, i) =>
      Math.min(shown[3 * i], known[3 * i]) > surely ? 1 : 0,
    )
    const enough = scored.reduce((sum, value) => sum + value, 0) > least * size * size
    return { ...view, truth: { picture: pictureOf(ofTruth, truth.texture), scored: enough ? scored : null } }
  })
}

/**
 * @param texture size x size x 3, 0..1, in the layout of the view's mesh
 * @returns size x size x 3, black where there is no mesh
 */
export function pictureOf(
  { mesh, camera, size }: Pick<View, 'mesh' | 'camera' | 'size'>,
  texture: Float32Array,
): Float32Array {
  const side = oversampling * size
  return halved(renderTexture(mesh, camera, texture, size, side, side).rgb, size)
}

/** The mesh moved, turned and scaled so that its vertices come nearest to another mesh's of the same vertices. */
export function broughtOnto(mesh: Mesh, target: Mesh): Mesh {
  if (mesh === target) return mesh
  const { positions } = mesh
  const weights = new Uint8Array(positions.length / 3).fill(1)
  const { rotation: r, scale, translation } = similarity(positions, target.positions, weights)
  const moved = positions.map((_, k) => {
    const [v, row] = [k - (k % 3), 3 * (k % 3)]
    const turned = r[row] * positions[v] + r[row + 1] * positions[v + 1] + r[row + 2] * positions[v + 2]
    return scale * turned + translation[k % 3]
  })
  return { ...mesh, positions: moved }
}

/** A mask in the shape of a texture; no mask: nothing. */
function threefold(mask: Uint8Array | undefined, size: number): Float32Array {
  return Float32Array.from({ length: 3 * size * size }, (_, k) => mask?.[Math.floor(k / 3)] ?? 0)
}

function halved(rgb: Float32Array, size: number): Float32Array {
  const wide = 2 * size
  return Float32Array.from({ length: 3 * size * size }, (_, k) => {
    const i = Math.floor(k / 3)
    const at = 3 * (2 * Math.floor(i / size) * wide + 2 * (i % size)) + (k % 3)
    return (rgb[at] + rgb[at + 3] + rgb[at + 3 * wide] + rgb[at + 3 * wide + 3]) / 4
  })
}
