/** Pictures that are cut to a circle, as profile pictures are, and filled up with one colour. */

import type { Photo } from '../../image/photo.ts'

/** Levels of 255 that a frame's colour may be off: JPEG. */
const tolerance = 10
/** A frame covers at least this share of the picture, */
const leastShare = 0.08
/** and its inner edge is a circle: deviation of its radius, share of it. */
const roundest = 0.03
/** A smaller circle is a thing before a plain backdrop: its radius, share of the picture's shorter side. */
const smallest = 0.25
/** Rays from the picture's middle. */
const rays = 180
/** Pixels of a frame's edge that belong to neither side: it is blurred. */
const soft = 0.01

export interface RoundFrame {
  /** The circle around the picture, photo pixels. */
  x: number
  y: number
  radius: number
}

/** Of a picture with four corners of one colour that goes on up to a circle around its middle. @returns null: it has no frame */
export function roundFrame({ width, height, data }: Photo): RoundFrame | null {
  const like = (x: number, y: number) => {
    const i = 4 * (y * width + x)
    return [0, 1, 2].every((c) => Math.abs(data[i + c] - data[c]) <= tolerance)
  }
  const corners = [
    [width - 1, 0],
    [0, height - 1],
    [width - 1, height - 1],
  ]
  if (!corners.every(([x, y]) => like(x, y))) return null
  const [cx, cy] = [width / 2, height / 2]
  const radii: number[] = []
  for (let k = 0; k < rays; k++) {
    const [dx, dy] = [Math.cos((2 * Math.PI * k) / rays), Math.sin((2 * Math.PI * k) / rays)]
    // From the border inwards.
    const border = Math.min(cx / Math.max(1e-9, Math.abs(dx)), cy / Math.max(1e-9, Math.abs(dy))) - 1
    let r = border
    while (r > 0 && like(Math.floor(cx + r * dx), Math.floor(cy + r * dy))) r--
    // Where the circle touches the border there is no frame.
    if (r < border - 1) radii.push(r)
  }
  if (radii.length < rays / 4) return null
  const radius = radii.toSorted((a, b) => a - b)[Math.floor(radii.length / 2)]
  const off = Math.sqrt(radii.reduce((sum, r) => sum + (r - radius) ** 2, 0) / radii.length)
  if (radius < smallest * Math.min(width, height) || off > roundest * radius) return null
  const frame = { x: cx, y: cy, radius: (1 - soft) * radius }
  return shareBehind(frame, width, height) >= leastShare ? frame : null
}

/** How much of a picture a frame hides, 0..1. */
function shareBehind(frame: RoundFrame, width: number, height: number): number {
  let count = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (behindFrame(frame, x + 0.5, y + 0.5)) count++
  return count / (width * height)
}

/** Does the frame hide this place? Photo pixels. */
export function behindFrame({ x, y, radius }: RoundFrame, px: number, py: number): boolean {
  return Math.hypot(px - x, py - y) > radius
}

/** The photo, with what lies inside of the frame mirrored over its edge: networks take a frame for part of the scene. */
export function withoutFrame(photo: Photo, frame: RoundFrame): Photo {
  const { width, height } = photo
  const data = photo.data.slice()
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!behindFrame(frame, x + 0.5, y + 0.5)) continue
      const r = Math.hypot(x + 0.5 - frame.x, y + 0.5 - frame.y)
      const share = Math.max(0, 2 * frame.radius - r) / r
      const from =
        Math.floor(frame.y + share * (y + 0.5 - frame.y)) * width +
        Math.floor(frame.x + share * (x + 0.5 - frame.x))
      data.set(photo.data.subarray(4 * from, 4 * from + 4), 4 * (y * width + x))
    }
  return { width, height, data }
}
