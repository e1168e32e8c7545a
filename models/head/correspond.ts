/**
 * Finds where the 468 landmarks lie on MakeHuman's base mesh, and writes models/head/correspondence.json: our landmark network
 * looks at pictures of six mean heads from twelve views each, and what it sees is traced back to the mesh.
 *
 *   node models/head/correspond.ts [FOLDER]     FOLDER: gets the pictures; 30 s, then: npx biome check --write models/head
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { lookAt } from '../../client/capture/find/reading.ts'
import { networks } from '../../client/capture/find/tfjs.ts'
import { canonicalFace } from '../../client/capture/mesh/canonical.ts'
import { innerLips, meshLandmarks } from '../../client/face/contours.ts'
import type { Photo } from '../../client/image/photo.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { correspondencePath } from './correspondence.ts'
import { lookingAt, looksFolder, readLook, upperSkin } from './looks.ts'
import { ethnicities, humanIn, meanBody, referenceBody, sexes } from './make-human.ts'
import { type Painted, paintHead } from './paint-head.ts'
import { placeLandmarks, type Sample } from './place-landmarks.ts'

const [pictures] = process.argv.slice(2)
if (pictures) mkdirSync(pictures, { recursive: true })

const folder = await looksFolder(console.log)
const human = humanIn(folder)
const reference = referenceBody(human)
const store = diskStore()
const nets = await networks(store)
const canonical = await canonicalFace(store)

/** Where the face is in every picture, as the detector would say it. */
const faceBox = { x: 156, y: 150, width: 200, height: 200, score: 1, quarterTurns: 0 }
/** Pixels a side and a centimetre. */
const picture = { size: 512, scale: 15 }
/** Degrees of yaw and pitch. */
const neutralViews = [
  [0, 0],
  [-20, 0],
  [20, 0],
  [-42, 0],
  [42, 0],
  [0, 12],
  [0, -12],
]
/** The lips' inner contour is seen with the mouth open, and not from the side. */
const openViews = neutralViews.filter(([yaw]) => Math.abs(yaw) < 25)
/** Strength of the target that opens the mouth. */
const opening = 0.35
/** The mouth's cavity lies behind this, the lips before it: z, centimetres. */
const cavity = 12.5
/** Where the mouth opens, the lower lip moves by 2 cm and more and the upper one by less than 1. */
const jaw = human.target('expression/units/caucasian/mouth-open')
/** How many pixels beside the lips their inner contour may be seen. */
const besideLips = 8
/** A landmark counts only where the skin faces the viewer by more than this (cosine). */
const leastFacing = 0.25

const skin = upperSkin(human)

const samples: Sample[][] = Array.from({ length: meshLandmarks }, () => [])
/** Triangles that some picture shows: no landmark lies within a socket or the mouth. */
const surface = {
  triangles: skin.triangles,
  skin: new Set<number>(),
  upperLip: new Set<number>(),
  lowerLip: new Set<number>(),
}
let looks = 0
let weakest = Number.POSITIVE_INFINITY
for (const [ethnicity, sex] of ethnicities.flatMap((one) => sexes.map((other) => [one, other] as const))) {
  const { image, ...extras } = await readLook(folder, ethnicity, sex)
  const textured = { ...skin, image }
  const share = { african: 0.2, asian: 0.2, caucasian: 0.2, [ethnicity]: 0.6 }
  const neutral = meanBody(human, share, sex === 'male' ? 1 : 0)
  const open = human.target(`expression/units/${ethnicity}/mouth-open`)
  for (const [yaw, pitch] of neutralViews) await look(neutral, yaw, pitch, false)
  for (const [yaw, pitch] of openViews)
    await look(
      neutral.map((value, k) => value + opening * open[k]),
      yaw,
      pitch,
      true,
    )

  async function look(body: Float64Array, yaw: number, pitch: number, opened: boolean): Promise<void> {
    const painted = paintHead(
      body,
      textured,
      extras,
      lookingAt(body, skin, { yaw, pitch }, picture),
      picture.size,
    )
    for (const t of painted.raster.triangle) {
      if (t < 0 || (opened && !isLip(t))) continue
      const part = opened ? (movesWithJaw(t) ? 'lowerLip' : 'upperLip') : 'skin'
      surface[part].add(t)
    }
    const { points, logit } = await lookAt(painted.photo, faceBox, canonical, nets)
    looks++
    weakest = Math.min(weakest, logit)
    trace(painted, points, opened)
    if (pictures)
      await save(painted.photo, points, [ethnicity, sex, opened ? 'open' : 'neutral', yaw, pitch].join('_'))
  }
}
console.log(`${looks} pictures, the weakest face flag ${weakest.toFixed(1)}`)

const { correspondence, spread, distance } = placeLandmarks(samples, canonical, reference, surface)
console.log('centimetres:', { spread, distance })
writeFileSync(correspondencePath, `${JSON.stringify(correspondence)}\n`)

/** Back from the landmarks' pixels to places on the reference head. */
function trace({ raster, facing }: Painted, points: Float32Array, opened: boolean): void {
  for (let i = 0; i < meshLandmarks; i++) {
    if (opened !== innerLips.includes(i)) continue
    const counts = (pixel: number) => {
      const t = raster.triangle[pixel] ?? -1
      return t >= 0 && facing[pixel] >= leastFacing && (!opened || isLip(t))
    }
    // The inner contour is the edge of what the picture shows of the lips: it may have fallen beside it.
    const pixel = nearestPixel(points[3 * i], points[3 * i + 1], opened ? besideLips : 0, counts)
    if (pixel === undefined) continue
    const t = raster.triangle[pixel]
    const [b, c] = raster.weights.subarray(2 * pixel, 2 * pixel + 2)
    const at = [0, 1, 2].map((axis) =>
      [1 - b - c, b, c].reduce((sum, weight, k) => sum + weight * reference[3 * corners(t)[k] + axis], 0),
    )
    samples[i].push({ at, weight: facing[pixel] ** 2 })
  }
}

/** The nearest pixel to a point that counts, at most `reach` pixels away on either axis. */
function nearestPixel(
  x: number,
  y: number,
  reach: number,
  counts: (pixel: number) => boolean,
): number | undefined {
  let best: number | undefined
  let nearest = Number.POSITIVE_INFINITY
  for (let row = Math.floor(y) - reach; row <= Math.floor(y) + reach; row++) {
    for (let column = Math.floor(x) - reach; column <= Math.floor(x) + reach; column++) {
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y)
      if (distance >= nearest || !counts(row * picture.size + column)) continue
      nearest = distance
      best = row * picture.size + column
    }
  }
  return best
}

function isLip(t: number): boolean {
  return corners(t).every((v) => reference[3 * v + 2] > cavity)
}

function movesWithJaw(t: number): boolean {
  return corners(t).some((v) => Math.hypot(...jaw.subarray(3 * v, 3 * v + 3)) > 1.3)
}

function corners(t: number): number[] {
  return [...skin.triangles.subarray(3 * t, 3 * t + 3)]
}

async function save({ width, height, data }: Photo, points: Float32Array, name: string): Promise<void> {
  const dotted = data.slice()
  for (let i = 0; i < meshLandmarks; i++)
    dotted.set([0, 255, 0], 4 * (Math.floor(points[3 * i + 1]) * width + Math.floor(points[3 * i])))
  const image = sharp(dotted, { raw: { width, height, channels: 4 } })
  await image.toFile(join(pictures, `${name}.png`))
}
