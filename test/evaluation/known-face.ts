/** A face whose complete texture is taken as the truth, and pictures of it. */

import { capture } from '../../client/capture/capture.ts'
import { initialTexture } from '../../client/capture/complete/initial.ts'
import { renderTexture, turnedCamera } from '../../client/capture/mesh/render.ts'
import { unwrapPhoto } from '../../client/capture/unwrap/unwrap.ts'
import { faceView } from '../../client/capture/unwrap/view.ts'
import { decodePhoto } from '../../client/cli/decode.ts'
import { Evidence } from '../../client/face/evidence.ts'
import { featureMask } from '../../client/face/features.ts'
import type { Camera, Capture, Mesh, Pose } from '../../client/face/types.ts'
import type { Photo } from '../../client/image/photo.ts'
import { random } from '../../client/image/random.ts'
import { resize } from '../../client/image/resize.ts'
import type { Context } from './context.ts'
import { roomToTurn } from './room-to-turn.ts'
import type { Sample } from './types.ts'

/** Distance of the outer eye corners of an adult, centimetres: as of the canonical face. */
export const interOcular = 9

/** A portrait turned further hides too much of one side to count as the truth of it. */
const mostYaw = 20

/** A complete texture at one size. */
interface Skin {
  /** N: texels per side. */
  size: number
  /** N x N x 3, sRGB-encoded, 0..1. */
  texture: Float32Array
  /** N x N x 3 unit normals, head frame. */
  normals: Float32Array
}

/** A complete texture on a mesh, with where it is really known. */
export interface KnownFace extends Skin {
  mesh: Mesh
  /** What pictures show, where that is more than the texture holds; `texture` is its mean over blocks of texels. */
  finer?: Skin
  /** N x N, 1 where the texture is a real pixel of its photo (weight > 0.5), not a fill. */
  known: Uint8Array
  /** N x N, eyes, brows and lips; null for a foreign layout. */
  features: Uint8Array | null
  /** Vertices that pictures are framed by; default: all. */
  framed?: Float32Array
}

/** Texels of the finer texture's side for each of the truth's. */
const finerBy = 2

/**
 * The known face of a near-frontal photo: what the capture makes of it, or the texture of --gt on the captured mesh.
 *
 * Both are taken at twice the size, and the truth is their mean: a picture of the truth itself would show it enlarged, and
 * what is sampled from that is blurred once more than what is sampled from a photo.
 *
 * @throws Error where the head is turned by more than 20 degrees; CaptureError
 */
export async function knownFace(sample: Sample, { store, size, truthFor }: Context): Promise<KnownFace> {
  const fine = finerBy * size
  const captured = await capture(await decodePhoto(sample.path), { store, size: fine })
  const { mesh, content, weight, normals, coverage, pose } = captured
  const yaw = pose?.yaw ?? 0
  const given = truthFor && (await truthFor(sample, fine))
  if (!given && Math.abs(yaw) > mostYaw) {
    throw new Error(
      `The head in ${sample.name} is turned by ${Math.round(Math.abs(yaw))} degrees, so its far side is not known: this protocol takes photos within ${mostYaw} degrees of frontal, or a complete texture (--gt).`,
    )
  }
  const real = Float32Array.from(given ? coverage : weight, (value) => (value > 0.5 ? 1 : 0))
  const finer = { size: fine, texture: given ?? content, normals }
  return {
    ...{ mesh, size, finer, features: featureMask(mesh.uv, size) },
    texture: coarser(finer.texture, fine, size, 3),
    // Not where a fill is part of the mean.
    known: Uint8Array.from(coarser(real, fine, size, 1), (share) => (share === 1 ? 1 : 0)),
    normals: coarser(normals, fine, size, 3),
  }
}

function coarser(data: Float32Array, from: number, to: number, channels: number): Float32Array {
  return resize(data, from, from, channels, to, to)
}

/** Strength of the light's slope over the head, log units, and of the picture's noise, of 255. */
const slope = 0.25
const noise = 1

/** The same face under a light of its own: `texture x exp(a . n)`, `a` of random direction, level or from above and below. */
export function relit(face: KnownFace, seed: number): KnownFace {
  const { next, normal } = random(seed)
  const angle = 2 * Math.PI * next()
  const strength = slope * Math.min(1.5, Math.abs(normal()))
  const [ax, ay] = [strength * Math.cos(angle), 0.6 * strength * Math.sin(angle)]
  const lit = ({ texture, normals }: Skin) =>
    texture.map((value, k) => {
      const n = 3 * Math.floor(k / 3)
      return Math.min(1, value * Math.exp(ax * normals[n] + ay * normals[n + 1]))
    })
  if (!face.finer) return { ...face, texture: lit(face) }
  const finer = { ...face.finer, texture: lit(face.finer) }
  return { ...face, finer, texture: coarser(finer.texture, finer.size, face.size, 3) }
}

export interface Shot {
  photo: Photo
  camera: Camera
  /** height x width, 1 on the face. */
  mask: Float32Array
  /** Distance of the outer eye corners in the head's own size, photo pixels. */
  interOcular: number
}

/** Pixels of a picture's side for each texel of the truth's: a face of 600 px for a texture of 256, as photos show it. */
const pixelsPerTexel = 3

/**
 * A picture of the face with mild noise before a plain grey background. The sphere that the face turns in takes 90% of it:
 * turned in any way the face keeps clear of the border, where no pixel is trusted.
 */
export function photograph(
  face: KnownFace,
  turn: Partial<Pick<Pose, 'yaw' | 'pitch' | 'roll'>>,
  seed: number,
): Shot {
  const side = pixelsPerTexel * face.size
  const camera = turnedCamera({ positions: roomToTurn(face.framed ?? face.mesh.positions) }, turn, side, side)
  const { texture, size } = face.finer ?? face
  const { rgb, mask } = renderTexture(face.mesh, camera, texture, size, side, side)
  const { normal } = random(seed)
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let i = 0; i < side * side; i++) {
    for (let c = 0; c < 3; c++) {
      const value = mask[i] ? 255 * rgb[3 * i + c] : 150
      data[4 * i + c] = Math.round(value + noise * normal())
    }
  }
  const pixelsPerCentimetre = Math.hypot(camera.matrix[4], camera.matrix[5], camera.matrix[6])
  return {
    photo: { width: side, height: side, data },
    camera,
    mask,
    interOcular: interOcular * pixelsPerCentimetre,
  }
}

/** What the pipeline makes of a picture when mesh and camera are given: everything but the measuring of the face. */
export function captureKnown(
  { photo, camera, mask, interOcular: pixels }: Shot,
  { size, features }: Pick<KnownFace, 'size' | 'features'>,
  mesh: Mesh,
  distrust?: Uint8Array,
): Capture {
  const { unwrap, seen } = unwrapPhoto(photo, mesh, camera, {
    ...{ size, features, distrust, interOcular: pixels },
    person: mask,
  })
  const view = faceView(photo, mesh, seen, unwrap.weight)
  const { content, evidence } = initialTexture(unwrap, { method: 'hidden-side' })
  const share = (kind: number) =>
    evidence.reduce((sum, value, i) => sum + (unwrap.coverage[i] && value === kind ? 1 : 0), 0) /
    unwrap.coverage.reduce((sum, value) => sum + value, 0)
  const quality = {
    ...{ faceLogit: 0, interOcular: pixels, yaw: 0, pitch: 0, roll: 0 },
    ...{ own: share(Evidence.own), mirrored: share(Evidence.mirrored), none: share(Evidence.none) },
  }
  return {
    ...unwrap,
    ...{ photo, mesh, camera, view, evidence, content, quality },
    face: { x: 0, y: 0, width: photo.width, height: photo.height, score: 1, quarterTurns: 0 },
    landmarks: new Float32Array(0),
    pose: null,
  }
}

/**
 * The mesh as a landmark network might get it wrong: every vertex moved by a smooth random field.
 *
 * @param error root mean square of the shift, share of the distance of the outer eye corners
 */
export function displaced(mesh: Mesh, error: number, seed: number): Mesh {
  const { next, normal } = random(seed)
  const waves = Array.from({ length: 12 }, () => ({
    // Waves of 8 to 20 cm: whole cheeks shift, as landmark errors do.
    along: [normal(), normal(), normal()],
    length: 8 + 12 * next(),
    phase: 2 * Math.PI * next(),
    shift: [normal(), normal(), normal()],
  })).map((wave) => {
    const norm = Math.hypot(...wave.along)
    return { ...wave, along: wave.along.map((value) => (2 * Math.PI * value) / (norm * wave.length)) }
  })
  const { positions } = mesh
  const shifts = new Float32Array(positions.length)
  for (let v = 0; v < positions.length; v += 3) {
    for (const { along, phase, shift } of waves) {
      const swing = Math.sin(
        along[0] * positions[v] + along[1] * positions[v + 1] + along[2] * positions[v + 2] + phase,
      )
      for (let c = 0; c < 3; c++) shifts[v + c] += shift[c] * swing
    }
  }
  const count = positions.length / 3
  const rms = Math.sqrt(shifts.reduce((sum, value) => sum + value * value, 0) / count)
  const scale = (error * interOcular) / rms
  return { ...mesh, positions: positions.map((value, k) => value + scale * shifts[k]) }
}
