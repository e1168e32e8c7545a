/** Pictures of MakeHuman's heads with skin, eyes and brows, for the landmark network to look at. */
import { join } from 'node:path'
import sharp from 'sharp'
import { poseCamera, project } from '../../client/capture/mesh/camera.ts'
import { vertexNormals } from '../../client/capture/mesh/normals.ts'
import { interpolate, type Raster, rasterize } from '../../client/capture/mesh/rasterize.ts'
import type { Pose } from '../../client/face/types.ts'
import type { Photo } from '../../client/image/photo.ts'
import { bilinear } from '../../client/image/sample.ts'
import type { TexturedTriangles } from './make-human.ts'
import { type BodyProxy, placeProxy, readProxy } from './proxy.ts'

interface Image {
  width: number
  height: number
  /** height x width x 4, 0..255 */
  rgba: Float32Array
}

/** Something that follows the body: eyes, brows. */
export interface Follower extends BodyProxy {
  image: Image
}

export async function readImage(path: string): Promise<Image> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, rgba: Float32Array.from(data) }
}

/** @param path of the proxy's JSON file and @param texture of its image, in @param folder */
export async function readFollower(folder: string, path: string, texture: string): Promise<Follower> {
  return { ...readProxy(join(folder, path)), image: await readImage(join(folder, texture)) }
}

export interface Painted {
  photo: Photo
  /** Which triangle of the skin each pixel shows; -1 also where an eye does. */
  raster: Raster
  /** height x width: how far the skin's normal points to the viewer, -1..1. */
  facing: Float32Array
}

/** Direction of the light and how bright it and its surroundings are; by eye. */
const light = { from: [0.15, 0.3, 0.94], direct: 0.6, around: 0.45 }
const background = [100, 110, 120]
/** Brows lie on the skin, and are drawn where they are not deeper than this below it: centimetres. */
const onSkin = 0.27

/**
 * @param body vertices of the whole body x 3, centimetres
 * @param skin the triangles to draw, of the skin
 * @param size side of the picture in pixels
 */
export function paintHead(
  body: Float64Array,
  skin: TexturedTriangles & { image: Image },
  { eyes, brows }: { eyes: Follower; brows: Follower },
  pose: Pick<Pose, 'rotation' | 'scale' | 'translation'>,
  size: number,
): Painted {
  const camera = poseCamera(pose)
  const { raster, colour } = draw(body, skin, true)
  const normals = interpolate(raster, skin.triangles, vertexNormals(body, skin.triangles), 3)
  const facing = new Float32Array(size * size)
  const data = new Uint8ClampedArray(4 * size * size)
  const [eye, brow] = [eyes, brows].map((proxy) => draw(placeProxy(proxy, body), proxy, false))
  for (let i = 0; i < facing.length; i++) {
    const seen = raster.triangle[i] >= 0
    // The head's frame as the viewer sees it.
    const normal = [0, 1, 2].map((row) =>
      [0, 1, 2].reduce((sum, c) => sum + pose.rotation[3 * row + c] * normals[3 * i + c], 0),
    )
    facing[i] = normal[2]
    const lit = Math.max(
      0,
      normal.reduce((sum, value, c) => sum + value * light.from[c], 0),
    )
    let rgb = seen ? [...colour.subarray(4 * i, 4 * i + 3)] : background
    const lay = ({ raster: over, colour: paint }: typeof eye, bias: number) => {
      if (over.triangle[i] < 0 || over.depth[i] - bias >= raster.depth[i]) return false
      const alpha = paint[4 * i + 3] / 255
      rgb = rgb.map((value, c) => value + alpha * (paint[4 * i + c] - value))
      return alpha > 0.5
    }
    const isEye = lay(eye, 0)
    lay(brow, onSkin * pose.scale)
    const shade = seen ? light.around + light.direct * lit : 1
    data.set([...rgb.map((value) => value * shade), 255], 4 * i)
    if (isEye) raster.triangle[i] = -1
  }
  return { photo: { width: size, height: size, data }, raster, facing }

  function draw(positions: Float64Array, part: TexturedTriangles & { image: Image }, cull: boolean) {
    const raster = rasterize(project(positions, camera), part.triangles, size, size, { cull })
    const uv = interpolate(raster, part.uvTriangles, part.uv, 2)
    const { width, height, rgba } = part.image
    const colour = Float32Array.from({ length: 4 * size * size }, (_, k) => {
      const i = k >> 2
      if (raster.triangle[i] < 0) return 0
      return bilinear(rgba, width, height, 4, k & 3, uv[2 * i] * width, uv[2 * i + 1] * height)
    })
    return { raster, colour }
  }
}
