/** Contact sheets of heads: quality is judged by looking at these. */

import sharp, { type OverlayOptions } from 'sharp'
import { drawParts } from '../../../client/app/sample/draw-parts.ts'
import { poseCamera, project } from '../../../client/capture/mesh/camera.ts'
import { turnRotation } from '../../../client/capture/mesh/render.ts'
import type { Head } from '../../../client/head/complete-head.ts'
import type { HeadInPhoto } from '../../../client/head/head-in-photo.ts'
import { viewReach, viewStep } from '../../../client/head/view.ts'
import { toBytes } from '../../../client/result/png.ts'
import { hairPart, headPart } from './head-picture.ts'

/** Degrees. */
const yaws = [0, 45, 90, 135, 180]
/** Pixels of a picture and of the words above a row. */
const cell = { width: 200, height: 240, words: 20 }
/** Centimetres that a picture is wide, and its middle in the head's frame. */
const across = 44
const middle = [0, -6, -3.5]
/** Rows of a sheet. */
const most = 7

/** The photo around the head, and the head from several sides. */
export interface SheetRow {
  words: string
  /** PNGs of {@link cell}. */
  pictures: Buffer[]
}

/** @param atlas N rows of 2N x 3, 0..1 (`headAtlas`) */
export async function sheetRow(
  words: string,
  { view }: HeadInPhoto,
  head: Head,
  atlas: Float32Array,
): Promise<SheetRow> {
  const [width, height] = [2 * cell.width, 2 * cell.height]
  const parts = [headPart(head, atlas), ...(head.hair ? [hairPart(head.hair)] : [])]
  const turned = yaws.map((yaw) => {
    const rotation = turnRotation({ yaw })
    const scale = width / across
    const [x, y] = [0, 3].map((row) => middle.reduce((sum, value, c) => sum + rotation[row + c] * value, 0))
    const translation: [number, number] = [width / 2 - scale * x, -height / 2 - scale * y]
    const camera = poseCamera({ rotation, scale, translation })
    return picture(
      drawParts(parts, (positions) => project(positions, camera), width, height).rgb,
      width,
      height,
    )
  })
  // The same part of space as the pictures beside it.
  const [left, wide, tall] = [viewReach.side - across / 2, across, (across * height) / width].map((value) =>
    Math.round(value / viewStep),
  )
  const top = Math.round((viewReach.up - middle[1] - (across * height) / width / 2) / viewStep)
  const photo = new Float32Array(3 * wide * tall).fill(0.3)
  for (let y = 0; y < tall; y++)
    for (let x = 0; x < wide; x++) {
      const [vx, vy] = [x + left, y + top]
      const i = vy * view.width + vx
      if (vx < 0 || vy < 0 || vx >= view.width || vy >= view.height || !view.shown[i]) continue
      for (let c = 0; c < 3; c++) photo[3 * (y * wide + x) + c] = view.colour[3 * i + c] / 255
    }
  return { words, pictures: await Promise.all([picture(photo, wide, tall), ...turned]) }
}

function picture(rgb: Float32Array, width: number, height: number): Promise<Buffer> {
  const raw = { width, height, channels: 3 as const }
  return sharp(toBytes(rgb), { raw }).resize(cell.width, cell.height, { fit: 'fill' }).png().toBuffer()
}

/** @returns PNGs of at most seven rows each, in the order given */
export function composeHeads(rows: readonly SheetRow[]): Promise<Buffer[]> {
  const sheets = Array.from({ length: Math.ceil(rows.length / most) }, (_, k) =>
    rows.slice(most * k, most * (k + 1)),
  )
  return Promise.all(sheets.map(composed))
}

function composed(rows: readonly SheetRow[]): Promise<Buffer> {
  const tall = cell.height + cell.words
  const width = cell.width * (yaws.length + 1)
  const tiles: OverlayOptions[] = rows.flatMap(({ words, pictures }, y) => [
    { input: title(words, width), left: 0, top: y * tall },
    ...pictures.map((input, x) => ({ input, left: x * cell.width, top: y * tall + cell.words })),
  ])
  const create = { width, height: tall * rows.length, channels: 3 as const, background: '#222' }
  return sharp({ create }).composite(tiles).png().toBuffer()
}

function title(words: string, width: number): Buffer {
  const text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${cell.words}"><text x="6" y="14" font-family="sans-serif" font-size="13" fill="#eee">${text}</text></svg>`,
  )
}
