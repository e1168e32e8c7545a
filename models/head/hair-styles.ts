/** The model files of polygon hair. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CanonicalFace, readCanonicalFace } from '../../client/capture/mesh/canonical.ts'
import { rasterize, texelLayout } from '../../client/capture/mesh/rasterize.ts'
import {
  type HairStyle,
  type HairStyleName,
  hairStyles,
  opennessSteps,
  positionStep,
  uvSteps,
} from '../../client/head/hair/hair-style.ts'
import { brightnessSteps, brightnessToLog, opacitySteps } from '../../client/head/hair/hair-texture.ts'
import { placement } from '../../client/head/placement.ts'
import { erode } from '../../client/image/morphology.ts'
import { padTexture } from '../../client/image/pad.ts'
import { canonicalFace } from '../canonical-face.ts'
import { packageFolder } from '../package.ts'
import type { Recipe } from '../recipe.ts'
import { landmarksOn, readCorrespondence } from './correspondence.ts'
import {
  type Human,
  makeHumanLicence,
  makeHumanPackage,
  readHuman,
  referenceBody,
  type TexturedTriangles,
} from './make-human.ts'
import { openness } from './openness.ts'
import { type BodyProxy, placeProxy, readProxy } from './proxy.ts'
import { readPng } from './read-png.ts'

const source =
  `npm ${makeHumanPackage} public/data/proxies/hair (${hairStyles.join(', ')}). Each of these is marked "explicitly ` +
  'released as CC0 in september 2020" in makehumancommunity/makehuman-assets; the package\'s own licence field is older. ' +
  'References, weights and offsets are equal to that release number by number; the textures are the same assets, whose ' +
  'pixels could not be compared. Other hair of the package is not used'

export const hairStyleFiles: Recipe = {
  id: 'hair',
  from: makeHumanPackage,
  purpose: 'head',
  licence: makeHumanLicence,
  source,
  make: async () => {
    const folder = await packageFolder(makeHumanPackage)
    const mean = meanHead(await readHuman(), readCanonicalFace(await canonicalFace.make()))
    const files = new Map<string, Uint8Array>()
    for (const name of hairStyles) {
      const { proxy, texture } = readHair(folder, name)
      const style = hairStyleOf(proxy, mean)
      files.set(`${name}.bin`, packHairStyle(style))
      files.set(`${name}-texture.bin`, packHairTexture(readFileSync(texture), style))
    }
    return files
  },
}

/** @param folder the unpacked package */
export function readHair(folder: string, name: HairStyleName): { proxy: BodyProxy; texture: string } {
  // One style begins with a capital there.
  const inPackage = name === 'braid01' ? 'Braid01' : name
  const place = join(folder, 'public/data/proxies/hair', inPackage)
  const proxy = readProxy(join(place, `${inPackage}.json`))
  return { proxy, texture: join(place, proxy.texture) }
}

/** What hair is placed on, and what takes it to the frame of the canonical face. */
export interface MeanHead {
  /** The reference body, 19,158 x 3, centimetres. */
  body: Float64Array
  /** Its skin, T x 3. */
  skin: Uint32Array
  /** Takes n x 3 to n x 3. */
  place: (points: ArrayLike<number>) => Float64Array
}

export function meanHead(human: Human, canonical: CanonicalFace): MeanHead {
  const body = referenceBody(human)
  const landmarks = landmarksOn(body, readCorrespondence())
  return { body, skin: human.triangles, place: placement(landmarks, canonical.pos, canonical) }
}

/** Hair as it sits on the mean head, with one UV a vertex. */
export function hairStyleOf(proxy: BodyProxy, { body, skin, place }: MeanHead): HairStyle {
  const placed = place(placeProxy(proxy, body))
  const open = shared(
    placed,
    openness({ positions: placed, triangles: proxy.triangles }, { positions: place(body), triangles: skin }),
  )
  const { origin, originUv, triangles } = splitByUv(proxy)
  const gather = (from: ArrayLike<number>, indices: number[], channels: number) =>
    Float32Array.from({ length: channels * indices.length }, (_, i) => {
      return from[channels * indices[Math.floor(i / channels)] + (i % channels)]
    })
  return {
    positions: gather(placed, origin, 3),
    // One style's layout reaches beyond its texture by a texel.
    uv: gather(proxy.uv, originUv, 2).map((value) => Math.min(1, Math.max(0, value))),
    openness: gather(open, origin, 1),
    triangles,
  }
}

/** Centimetres within which layers of hair are lit alike: on another head one may come out of the other. By eye. */
const layers = 1

/** V: openness in the mean over what lies around, of whichever layer. */
function shared(positions: ArrayLike<number>, open: ArrayLike<number>): Float32Array {
  return Float32Array.from(open, (_, v) => {
    let [sum, total] = [0, 0]
    for (let other = 0; other < open.length; other++) {
      const [dx, dy, dz] = [0, 1, 2].map((c) => positions[3 * other + c] - positions[3 * v + c])
      const w = Math.exp(-(dx * dx + dy * dy + dz * dz) / (2 * layers * layers))
      sum += w * open[other]
      total += w
    }
    return sum / total
  })
}

/** A vertex for each pair of vertex and UV, in the order in which the triangles need them. */
function splitByUv({ triangles, uvTriangles }: TexturedTriangles) {
  const corners = new Map<string, number>()
  const origin: number[] = []
  const originUv: number[] = []
  const split = triangles.map((vertex, i) => {
    const key = `${vertex} ${uvTriangles[i]}`
    const known = corners.get(key)
    if (known !== undefined) return known
    corners.set(key, origin.length)
    origin.push(vertex)
    return originUv.push(uvTriangles[i]) - 1
  })
  return { origin, originUv, triangles: split }
}

/**
 * The bytes that `readHairStyle` reads.
 *
 * @throws Error where a number does not fit into two bytes: positions reach to 65 cm
 */
export function packHairStyle({ positions, uv, openness, triangles }: HairStyle): Uint8Array {
  const places = Array.from(positions, (value) => Math.round(value / positionStep))
  const counts = [positions.length / 3, triangles.length / 3]
  if (places.some((value) => Math.abs(value) > 32_767) || counts.some((count) => count > 65_535))
    throw new Error('The hair does not fit into numbers of two bytes.')
  const numbers = Uint16Array.from([
    ...counts,
    ...differences(places, 3),
    ...differences(
      Array.from(uv, (value) => Math.round(value * uvSteps)),
      2,
    ),
    ...differences(Array.from(triangles), 1),
  ])
  const bytes = new Uint8Array(numbers.byteLength + openness.length)
  bytes.set(new Uint8Array(numbers.buffer))
  bytes.set(
    openness.map((value) => Math.round(value * opennessSteps)),
    numbers.byteLength,
  )
  return bytes
}

/** Channel by channel, each value less the one before. */
function differences(values: number[], channels: number): number[] {
  return Array.from({ length: channels }, (_, c) => c).flatMap((c) => {
    const channel = values.filter((_, i) => i % channels === c)
    return channel.map((value, i) => value - (channel[i - 1] ?? 0))
  })
}

/** Side of the textures in pixels: as large as the package has them. */
const textureSize = 512
/** Texels along the border of a chart are mixed with what lies beyond. */
const border = 2
/** The brightness of texels that are more transparent than this, of 255, comes from those around: it would show at edges. */
const leastOpaque = 64

/**
 * The bytes that `readHairTexture` reads. No image format: encoders may write other bytes on another processor.
 *
 * @param png 512 x 512 pixels
 * @param layout of the style: what lies beyond it is black, and would show as a line along every seam
 */
export function packHairTexture(png: Uint8Array, layout: Pick<HairStyle, 'uv' | 'triangles'>): Uint8Array {
  const { width, height, data: rgba } = readPng(png)
  if (width !== textureSize || height !== textureSize)
    throw new Error(`A hair texture was expected to have ${textureSize} x ${textureSize} pixels.`)
  const texels = textureSize * textureSize
  const alpha = Uint8Array.from({ length: texels }, (_, i) => rgba[4 * i + 3])
  const grey = Float32Array.from({ length: 3 * texels }, (_, k) => {
    const [r, g, b] = rgba.subarray(4 * Math.floor(k / 3), 4 * Math.floor(k / 3) + 3)
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255
  })
  const within = wellWithin(layout)
  const padded = padTexture(
    grey,
    textureSize,
    alpha.map((value, i) => (value < leastOpaque ? 0 : within[i])),
  )
  const brightness = alpha.map((_, i) => Math.round(brightnessSteps * brightnessToLog(255 * padded[3 * i])))
  const opacity = alpha.map((value) => Math.round((opacitySteps * value) / 255))
  return Uint8Array.from([...fromAbove(brightness), ...fromAbove(opacity)])
}

/** N x N, 1 in the charts, away from their borders. */
function wellWithin({ uv, triangles }: Pick<HairStyle, 'uv' | 'triangles'>): Uint8Array {
  const { triangle } = rasterize(texelLayout(uv, textureSize), triangles, textureSize, textureSize)
  const charts = Uint8Array.from(triangle, (t) => (t < 0 ? 0 : 1))
  return erode(charts, textureSize, textureSize, border)
}

/** Each value less the one in the row above. */
function fromAbove(plane: Uint8Array): Uint8Array {
  return plane.map((value, i) => value - (plane[i - textureSize] ?? 0))
}
