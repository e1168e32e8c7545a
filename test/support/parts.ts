import { headAtlas } from '../../client/head/atlas.ts'
import { faceGlb } from '../../client/result/glb.ts'
import { headGlb } from '../../client/result/head-glb.ts'
import { atlasPng, encodePng, texturePng } from '../../client/result/png.ts'
import { record } from '../../client/result/record.ts'
import { sampledPng } from '../../client/result/sampled-png.ts'
import type { ModelEntry } from '../../client/runtime/models.ts'
import { sha256Hex } from '../../client/runtime/sha256.ts'
import type { requiredParts } from '../../worker/contract/parts.ts'
import { dome, domeRun, gradientTexture } from '../unit/result/synthetic.ts'
import { simpleAnimation, simpleHeadMovement } from './head-movement.ts'

export type Parts = Record<(typeof requiredParts)[number], Uint8Array<ArrayBuffer>>

/** A disc on grey, 240 x 240 pixels, a baseline JPEG. */
const preview =
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCADwAPADASIAAhEBAxEB/8QAGQABAAMBAQAAAAAAAAAAAAAAAAMEBQYB/8QAJhABAAIBAgQGAwAAAAAAAAAAAAECAwQRBRIxQSEiMlFhoROBkf/EABgBAQEBAQEAAAAAAAAAAAAAAAADAQIE/8QAHxEBAQABBAMBAQAAAAAAAAAAAAECAxExQRIhURNh/9oADAMBAAIRAxEAPwCuA4dgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA9rWbTtWJmZ7Qt4uHZb+N5ikf2WWyNkt4Uxr4+HYK+qJvPzKeuDDT04qR+nPnHU06wR0MREdIiCYiesRLPNv5/wBc8N62DDf1YqT+kGTh2C3piaT8S3zhdOsgXMvDstPGkxeP5Kpas1na0TEx2l1LK4ss5eANYAAAAAAAAAAAAAAARG87R1AXNNoL5drZN6U+5WNHoYptkzRvbtX2Xk8svimOH1Hiw48NdsdYj57ykBNUAAAAAAR5cOPNXbJWJ+e8JAGTqdBfFvbHven3Cm6JR1mhi++TDG1u9fdTHL6llh3GWExtO09RRMAAAAAAAAAAAAamg0nJEZckeaekeyvw/Tflyc9o8lfuWsnll0phj3QBNUAAAAAAAAAAABR1+k54nLjjzR1j3ZbomTxDTfiyc9Y8lvqVMcuks8e4pgKJgAAAAAAAD2tZtaKxG8zO0PFzhmLnzzeelI+2W7Rsm92aWDFGHFWkdo8flICD0AAAAAAAAAAAAAACPPijNitSe8eHxKQBz1qzW01mNpidpeLnE8XJni8dLx9qa8u8eeza7ADWAAAAAADX4bTl0vN3tO7Ib2nryafHX2rDjPh3pz2kASWAAAAAAAAAAAAAAAAVOJU5tLzd6zuyG9qK8+nyV96ywVcOEtSewB2mAAAAAAOhiNoiHPOhid4iU81NPt6AmqAAAAAAAAAAAAAAAA8mN4mHPOhmdomXPKYJanQAomAAAAAAN7T259Pjt71hgtfht+bS8ves7OM+Henfa2AksAAAAAAAAAAAAAAAAj1FuTT5Le1ZYLX4lfl0vL3tOzIVw4R1L7AHbgAAAAAAXOGZeTPNJ6Xj7U3tbTW0Widpid4ZZvGy7Xd0IjwZYzYq3jvHj8SkQegAAAAAAAAAAAAAABHnyxhxWvPaPD5kGbxPLz54pHSkfam9tabWm0zvMzvLxeTaPPbvdwBrAAAAAAAAFzh+p/Fk5LT5LfUtZzrU0Gr54jFknzR6Z908se1MMuqvAJqgAAAAAAAAAAADJ4hqfy5OSs+Sv3Kxr9XyROLHPmn1T7MtTHHtLPLqACiYAAAAAAAAAARO07x1AGpo9dF9seadrdre6851c02vvi2rk3vT7hPLH4pjn9awjxZseau+O0T8d4SJqgAAAAAAI8ubHhrvktEfHeQSKOs10U3x4Z3t3t7K+p198u9ce9KfcqamOP1LLPqEzvO89QFEwAAAAAAAAAAAAAAAHtbTWd6zMTHeFvFxHLTwvEXj+SpjLJWy2cNfHxHBb1b0n5hPXPhv6ctJ/bBHPhHU1K6GJiekxJMxHWYhzwzwb+n8b1s+Gnqy0j9oMnEcFfTvefiGQN8Iy6lXMvEct/CkRSP7Kpa02ne0zMz3l4OpJHNtvIA1gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD//Z'

/**
 * A result that passes the validation, made by the client's own functions, so that client and worker cannot drift apart.
 * Runs in Node and in workerd.
 *
 * @param options.size texels a side @param options.vertices about so many in the mesh
 * @param options.seed different results for different numbers
 * @param options.picture size x size x 3, 0..1, to be the texture; default: smooth colours, which pack to nearly nothing
 * @param options.models what the record says took part; the first is its backbone
 */
export async function validParts(
  options: {
    size?: number
    vertices?: number
    seed?: number
    picture?: Float32Array
    models?: readonly ModelEntry[]
  } = {},
): Promise<Parts> {
  const { size = 256, vertices = 81, seed = 0, models = [] } = options
  const { capture, problem, refined } = domeRun(size)
  const { picture = refined.texture } = options
  const texture = picture.map((value, i) => (i < 3 * size ? (seed % 100) / 100 : value))
  const png = await texturePng(texture, size)
  const ran = models.length > 0
  const facts = await record({
    capture,
    problem,
    refined: {
      ...refined,
      texture,
      optimised: ran,
      backbone: ran ? models[0].id : null,
      steps: ran ? refined.steps : [],
    },
    png,
    models,
    runtime: { provider: 'wasm', reason: 'CPU with 1 thread (WebAssembly).' },
    seconds: { capture: 1.5, refine: 12 },
  })
  return {
    'texture.png': png,
    'face.glb': await faceGlb({ mesh: dome(Math.round(Math.sqrt(vertices)) - 1), png }),
    'preview.jpg': Uint8Array.from(atob(preview), (character) => character.charCodeAt(0)),
    'record.json': new TextEncoder().encode(JSON.stringify(facts)),
    'sampled.png': await sampledPng(capture),
  }
}

/** What {@link headParts} makes a head of. */
interface HeadOptions {
  /** Texels of the face's texture a side. */
  size?: number
  hair?: boolean
  /** Does it move, and by an animation too? Default: false. */
  moves?: boolean | 'animated'
}

/** A head that passes the validation, in the same way, and the record that goes with it. */
export async function headParts(parts: Parts, options: HeadOptions = {}) {
  const png = await skinPng(options.size)
  const record = {
    ...JSON.parse(new TextDecoder().decode(parts['record.json'])),
    head: {
      ...{ cover: 'head', hair: 'auto', whyFaceAlone: null },
      made: {
        ...{ hair: options.hair === false ? null : 'short02', doubts: [] },
        evidence: { own: 0.25, none: 0.75 },
        texture: { sha256: await sha256Hex(png), bytes: png.length },
      },
    },
  }
  return {
    'record.json': new TextEncoder().encode(JSON.stringify(record)),
    'head.glb': await validHead(options),
  }
}

export async function validHead({
  size,
  hair = true,
  moves = false,
}: HeadOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const strands = await encodePng(
    Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) => (i * 37) % 256),
    64,
    64,
    'rgba',
  )
  const mesh = dome(4)
  const vertices = mesh.positions.length / 3
  const colours = Float32Array.from({ length: 4 * vertices }, (_, i) => (i % 5) / 4)
  const png = await skinPng(size)
  const skin = dome(8)
  return headGlb({
    ...{ mesh: skin, png },
    ...(hair && { hair: { mesh, png: strands, colours } }),
    ...(moves && { movement: simpleHeadMovement(skin, hair ? mesh : null) }),
    ...(moves === 'animated' && { animation: simpleAnimation() }),
  })
}

function skinPng(size = 256) {
  const texture = gradientTexture(size)
  return atlasPng(headAtlas(texture, texture.toReversed(), size), size)
}
