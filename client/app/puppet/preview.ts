/** A dot's radius as a share of the picture's width. */
const dot = 1 / 250

/** Draws what is seen of a face over the camera's picture. @param landmarks 478 x 3, frame pixels; null: nothing */
export function drawSeen(
  canvas: HTMLCanvasElement,
  landmarks: Float32Array | null,
  { width, height }: { width: number; height: number },
): void {
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d')!
  context.clearRect(0, 0, width, height)
  if (!landmarks) return
  context.beginPath()
  for (let i = 0; i < landmarks.length; i += 3) {
    const [x, y] = [landmarks[i], landmarks[i + 1]]
    context.moveTo(x, y)
    context.arc(x, y, dot * width, 0, 2 * Math.PI)
  }
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--mark')
  context.fill()
}
