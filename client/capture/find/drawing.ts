/**
 * Drawings in flat colours: the landmark network takes many a cartoon for a face, but no photographed skin is one flat
 * colour. Pencil sketches and paintings pass: in contrast, detail and brightness they are like photos that are
 * over-exposed, sharpened, grainy or black and white, so that no bound would keep out the ones and let in all of the
 * others.
 */
import { faceOutline, noseTip } from '../../face/contours.ts'
import type { Photo } from '../../image/photo.ts'

/** Points looked at between the nose and each point of the outline. */
const rings = 48
/** Levels (0..255) a flat area may differ by: JPEG leaves a little noise on it. */
const levelTolerance = 4.5
/** Levels: a face with less contrast is a pale print, on which flat areas differ by less in proportion. */
const contrast = 12
/** A flat colour with noise on it may be spread over this many bins of a histogram. */
const candidates = 8
/** Levels between which skin is exposed: beyond, photographed skin is flat as well. */
const exposed = { darkest: 48, brightest: 250 }

/**
 * Flatter faces are taken for drawings. Cartoons have 0.8 to 0.9, photos up to 0.2, and up to 0.5 where they are two stops
 * too dark or pale prints.
 */
export const flattestPhoto = 0.6

/**
 * How much of a face is one colour.
 *
 * @param landmarks at least 468 x 3, photo pixels
 * @returns the share of the face that has the face's commonest colour, 0..1; 0 where that is nearly white or black.
 */
export function flatness(photo: Photo, landmarks: Float32Array): number {
  const colours = faceColours(photo, landmarks)
  const bins = new Map<number, number[][]>()
  for (const colour of colours) {
    const key = colour.reduce((sum, level) => 32 * sum + (level >> 3), 0)
    const alike = bins.get(key)
    if (alike) alike.push(colour)
    else bins.set(key, [colour])
  }
  const fullest = [...bins.values()].sort((a, b) => b.length - a.length).slice(0, candidates)
  const tolerance = levelTolerance * Math.min(1, contrastOf(colours) / contrast)
  return Math.max(0, ...fullest.map((alike) => shareOf(meanOf(alike), colours, tolerance)))
}

function shareOf(colour: number[], colours: number[][], tolerance: number): number {
  if (Math.max(...colour) < exposed.darkest || Math.min(...colour) > exposed.brightest) return 0
  const close = colours.filter((other) => other.every((level, c) => Math.abs(level - colour[c]) <= tolerance))
  return close.length / colours.length
}

/** Standard deviation of the levels, mean of the channels. */
function contrastOf(colours: number[][]): number {
  const mean = meanOf(colours)
  const squares = colours.reduce(
    (sum, colour) => sum + colour.reduce((of, level, c) => of + (level - mean[c]) ** 2, 0),
    0,
  )
  return Math.sqrt(squares / (3 * Math.max(1, colours.length)))
}

const meanOf = (colours: number[][]) =>
  [0, 1, 2].map((c) => colours.reduce((sum, colour) => sum + colour[c], 0) / colours.length)

/** RGB at points spread evenly over the face. */
function faceColours({ data, width, height }: Photo, landmarks: Float32Array): number[][] {
  const colours: number[][] = []
  const [cx, cy] = landmarks.subarray(3 * noseTip)
  for (const vertex of faceOutline) {
    for (let ring = 0; ring < rings; ring++) {
      const t = Math.sqrt((ring + 0.5) / rings)
      const x = Math.floor(cx + t * (landmarks[3 * vertex] - cx))
      const y = Math.floor(cy + t * (landmarks[3 * vertex + 1] - cy))
      if (x < 0 || y < 0 || x >= width || y >= height) continue
      const i = 4 * (y * width + x)
      colours.push([data[i], data[i + 1], data[i + 2]])
    }
  }
  return colours
}
