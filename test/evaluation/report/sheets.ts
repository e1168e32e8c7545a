/** Contact sheets: one row a method, every picture at its full size. */

import sharp, { type OverlayOptions } from 'sharp'
import { toBytes } from '../../../client/result/png.ts'
import type { KeptSheet, Picture, Sheet } from '../types.ts'
import { meshName } from './group.ts'

/** Height of the line above each picture. */
export const labelHeight = 26
/** Gap between pictures. */
export const gap = 4
const quality = 85
/** WebP holds no picture that is wider or higher. */
const longestSide = 16383

/** The sheet with its pictures as WebP (quality 85). */
export async function encodeSheet(sheet: Sheet, name: string): Promise<KeptSheet> {
  const rows: KeptSheet['rows'] = []
  for (const { pictures, ...row } of sheet.rows) {
    const encoded = pictures.map(async ({ rgb, ...picture }) => ({
      ...picture,
      webp: await encode(rgb, picture),
    }))
    rows.push({ ...row, pictures: await Promise.all(encoded) })
  }
  return { ...sheet, rows, name }
}

function encode(rgb: Float32Array, { width, height }: Pick<Picture, 'width' | 'height'>): Promise<Buffer> {
  return sharp(toBytes(rgb), { raw: { width, height, channels: 3 } })
    .webp({ quality })
    .toBuffer()
}

/**
 * The whole sheet as one WebP: columns as wide as their widest picture, rows as high as their highest, a label above
 * each. A sheet longer than WebP can hold is made smaller to fit.
 */
export async function composeSheet(sheet: Sheet): Promise<Buffer> {
  const { rows } = sheet
  const widths = columnWidths(sheet)
  const heights = rows.map(({ pictures }) => Math.max(0, ...pictures.map(({ height }) => height)))
  const lefts = offsets(widths.map((width) => width + gap))
  const tops = offsets(heights.map((height) => height + labelHeight + gap))
  const width = Math.max(1, lefts[widths.length] - gap)
  const height = Math.max(1, tops[rows.length] - gap)
  const tiles: OverlayOptions[] = rows.flatMap(({ method, start, pictures }, y) =>
    pictures.flatMap((picture, x): OverlayOptions[] => {
      const row = start === 'none' ? method : `${method} (${start})`
      const text = x === 0 ? `${row}: ${picture.label}` : picture.label
      const raw = { width: picture.width, height: picture.height, channels: 3 as const }
      return [
        { input: label(text, widths[x]), left: lefts[x], top: tops[y] },
        { input: Buffer.from(toBytes(picture.rgb)), raw, left: lefts[x], top: tops[y] + labelHeight },
      ]
    }),
  )
  const whole = await sharp({
    create: { width, height, channels: 3, background: '#222' },
    limitInputPixels: false,
  })
    .composite(tiles)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { channels } = whole.info
  return sharp(whole.data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer()
}

/** A name fit for a file that no other sheet has: `yaw-portrait-1-yaw-35`. */
export function sheetName(
  { protocol, photo, view, mesh }: Omit<Sheet, 'rows'>,
  others: readonly Pick<KeptSheet, 'name'>[],
): string {
  const taken = new Set(others.map(({ name }) => name))
  const name = `${protocol} ${photo} ${view} ${mesh === 'true' ? '' : meshName(mesh)}`
    .toLowerCase()
    .replaceAll(/(?<=\s)-(?=\d)/g, 'minus ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${name}-${count}`
    if (!taken.has(free)) return free
  }
}

function columnWidths({ rows }: Sheet): number[] {
  const columns = Math.max(0, ...rows.map(({ pictures }) => pictures.length))
  return Array.from({ length: columns }, (_, x) =>
    Math.max(...rows.map(({ pictures }) => pictures[x]?.width ?? 0)),
  )
}

/** [0, a, a + b, ...] */
function offsets(sizes: number[]): number[] {
  const sums = [0]
  for (const size of sizes) sums.push(sums.at(-1)! + size)
  return sums
}

/** Text that is too long for its picture ends at the picture's edge. */
function label(text: string, width: number): Buffer {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${labelHeight}"><text x="6" y="18" font-family="sans-serif" font-size="14" fill="#eee">${safe}</text></svg>`,
  )
}
