/** A face's own axes in the photo, so that occluders turn and grow with it. Units: inter-ocular distances. */

export type Point = [number, number]

export interface Frame {
  /** Pixels of one unit. */
  unit: number
  /** Landmark in photo pixels. */
  at(landmark: number): Point
  /** A point `right` units to the face's right in the image and `down` units below `from`, in photo pixels. */
  move(from: Point, right: number, down: number): Point
}

export function faceFrame(landmarks: Float32Array): Frame {
  const at = (i: number): Point => [landmarks[3 * i], landmarks[3 * i + 1]]
  const between = (a: number, b: number): Point => [(at(a)[0] + at(b)[0]) / 2, (at(a)[1] + at(b)[1]) / 2]
  const [left, right] = [between(33, 133), between(263, 362)]
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]]
  // A turned head's eyes are closer together in the photo; its height is not.
  const height = Math.hypot(at(152)[0] - at(10)[0], at(152)[1] - at(10)[1])
  const unit = Math.max(Math.hypot(dx, dy), height / 2.9)
  const angle = Math.atan2(dy, dx)
  const [cos, sin] = [Math.cos(angle) * unit, Math.sin(angle) * unit]
  return {
    unit,
    at,
    move: ([x, y], r, d) => [x + r * cos - d * sin, y + r * sin + d * cos],
  }
}

/** `x,y` with two decimals, for SVG. */
export function xy([x, y]: Point): string {
  return `${x.toFixed(2)},${y.toFixed(2)}`
}
