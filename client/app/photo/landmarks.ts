import { brows, eyes, faceOutline, innerLips, noseRidge, outerLips } from '../../face/contours.ts'

/** Closed and open lines through the landmarks that a person recognises as a face. */
const closed = [faceOutline, ...eyes, outerLips, innerLips]

/** Irises: the centre and one point of the rim. */
const circles = [
  [468, 469],
  [473, 474],
]

const wingsOfNose = [98, 97, 2, 326, 327]
const lowerEdges = brows.map((brow) => brow.slice(brow.length / 2).toReversed())
const open = [...lowerEdges, noseRidge, wingsOfNose]

/**
 * Draws the landmarks: fine dots everywhere, lines along the features.
 *
 * @param landmarks 478 x 3, photo pixels
 * @param pixel size of one screen pixel in the context's units
 */
export function drawLandmarks(
  context: CanvasRenderingContext2D,
  landmarks: Float32Array,
  colour: string,
  pixel: number,
) {
  context.fillStyle = context.strokeStyle = colour
  context.lineJoin = 'round'
  context.globalAlpha = 0.55
  for (let i = 0; i < landmarks.length; i += 3) {
    context.beginPath()
    context.arc(landmarks[i], landmarks[i + 1], 0.8 * pixel, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 0.95
  context.lineWidth = 1.3 * pixel
  for (const line of [...closed, ...open]) {
    context.beginPath()
    for (const index of line) context.lineTo(landmarks[index * 3], landmarks[index * 3 + 1])
    if (closed.includes(line)) context.closePath()
    context.stroke()
  }
  for (const [centre, rim] of circles) {
    const [x, y] = [landmarks[centre * 3], landmarks[centre * 3 + 1]]
    context.beginPath()
    context.arc(x, y, Math.hypot(landmarks[rim * 3] - x, landmarks[rim * 3 + 1] - y), 0, 2 * Math.PI)
    context.stroke()
  }
  context.globalAlpha = 1
}
