import {
  brows,
  eyes,
  faceOutline,
  innerLips,
  irisLandmarks,
  meshLandmarks,
  outerLips,
} from '../../face/contours.ts'

/** Landmarks that are drawn as closed lines. */
const lines: readonly (readonly number[])[] = [faceOutline, ...eyes, ...brows, outerLips, innerLips]

/** Draws what is seen of a face over the camera's picture. @param landmarks 478 x 3, frame pixels; null: nothing */
export function drawLandmarks(
  canvas: HTMLCanvasElement,
  landmarks: Float32Array | null,
  frame: { width: number; height: number },
): void {
  if (canvas.width !== frame.width) canvas.width = frame.width
  if (canvas.height !== frame.height) canvas.height = frame.height
  const context = canvas.getContext('2d')!
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (!landmarks) return
  const path = new Path2D()
  const at = (i: number) => [landmarks[3 * i], landmarks[3 * i + 1]] as const
  for (const line of lines) {
    path.moveTo(...at(line[0]))
    for (const i of line) path.lineTo(...at(i))
    path.closePath()
  }
  for (const eye of eyes.keys()) {
    const [x, y] = at(meshLandmarks + irisLandmarks * eye)
    path.moveTo(x + 2, y)
    path.arc(x, y, 2, 0, 2 * Math.PI)
  }
  // On light and on dark skin.
  context.lineWidth = canvas.width / 160
  context.strokeStyle = 'rgb(0 0 0 / 0.35)'
  context.stroke(path)
  context.lineWidth /= 2
  context.strokeStyle = '#fff'
  context.stroke(path)
}
