import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'

/** What another picture of the same face would do better. */
export interface Flaws {
  dark: boolean
  blurred: boolean
}

/** Mean luma (0..255) of a face below which the noise of the camera is as strong as the skin. */
const darkest = 38
/**
 * Contrast between neighbouring points of a face over its whole contrast, the face looked at in `side` points. Sharp faces
 * have 0.04 to 0.16, those blurred by a sixtieth of their width 0.01 to 0.02.
 */
const softest = 0.018
const side = 128

/** Looks at the middle of the face, where there is skin, eyes and mouth. */
export function flawsOf(photo: Photo, face: FaceBox): Flaws {
  const grey = new Float32Array(side * side)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      grey[y * side + x] = meanLuma(photo, face, x, y)
    }
  }
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length
  let [contrast, detail] = [0, 0]
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x
      contrast += (grey[i] - mean) ** 2
      const around = (grey[i - 1] + grey[i + 1] + grey[i - side] + grey[i + side]) / 4
      detail += (grey[i] - around) ** 2
    }
  }
  // A face of fewer pixels than looked at is soft because it is small, which is said elsewhere.
  const isLarge = Math.min(face.width, face.height) * middle >= side
  return { dark: mean < darkest, blurred: isLarge && Math.sqrt(detail / contrast) < softest }
}

/** Share of the box that is looked at. */
const middle = 0.7

/** Mean over the photo's pixels that a cell of the middle of the face covers. */
function meanLuma({ width, height, data }: Photo, face: FaceBox, column: number, row: number): number {
  const edge = (start: number, length: number, most: number, cell: number) =>
    Math.max(0, Math.min(most - 1, Math.floor(start + length * ((1 - middle) / 2 + (middle * cell) / side))))
  const [left, right] = [column, column + 1].map((cell) => edge(face.x, face.width, width, cell))
  const [top, bottom] = [row, row + 1].map((cell) => edge(face.y, face.height, height, cell))
  let [sum, count] = [0, 0]
  for (let y = top; y < Math.max(bottom, top + 1); y++) {
    for (let x = left; x < Math.max(right, left + 1); x++) {
      const i = 4 * (y * width + x)
      sum += 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]
      count++
    }
  }
  return sum / count
}
