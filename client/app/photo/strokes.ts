import type { BrushStroke } from '../../face/types.ts'

/** What the brush has painted: in photo pixels, so that it means the same at every zoom. */
export type Stroke = BrushStroke

/** Draws strokes in the context's present stroke colour; the context's transform maps photo pixels to its canvas. */
export function drawStrokes(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  strokes: readonly Stroke[],
) {
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const { radius, points } of strokes) {
    context.lineWidth = radius * 2
    context.beginPath()
    context.moveTo(points[0], points[1])
    for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1])
    // A line without length has no round ends: a single tap needs a little of one.
    if (points.length === 2) context.lineTo(points[0] + radius * 1e-3, points[1])
    context.stroke()
  }
}

/**
 * The strokes as a mask of the photo.
 *
 * @returns width x height, 1 where painted, else 0; null where nothing is painted
 */
export function rasteriseStrokes(
  strokes: readonly Stroke[],
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> | null {
  if (strokes.length === 0) return null
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  drawStrokes(context, strokes)
  const { data } = context.getImageData(0, 0, width, height)
  return Uint8Array.from({ length: width * height }, (_, i) => (data[i * 4 + 3] > 127 ? 1 : 0))
}
