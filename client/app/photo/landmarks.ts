/** Closed and open lines through the 478 landmarks (MediaPipe's numbering) that a person recognises as a face. */
const closed = [
  // Outline of the face.
  [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
  ],
  // Eyes.
  [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
  [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
  // Lips, outside and inside.
  [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185],
  [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191],
]

/** Irises: the centre and one point of the rim. */
const circles = [
  [468, 469],
  [473, 474],
]

const open = [
  // Brows, ridge of the nose, wings of the nose.
  [46, 53, 52, 65, 55],
  [276, 283, 282, 295, 285],
  [168, 6, 197, 195, 5, 4, 1],
  [98, 97, 2, 326, 327],
]

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
