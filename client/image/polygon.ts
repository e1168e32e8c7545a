/**
 * Sets the pixels of a mask whose centres lie inside of a polygon, by the even-odd rule.
 *
 * @param corners n x [x, y], pixels
 * @param mask size x size; set pixels become 1, the others stay
 */
export function fillPolygon(corners: number[][], mask: Uint8Array, size: number) {
  for (let row = 0; row < size; row++) {
    const y = row + 0.5
    const crossings: number[] = []
    corners.forEach(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length]
      if (ay <= y !== by <= y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
    })
    crossings.sort((a, b) => a - b)
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k] - 0.5))
      const to = Math.min(size - 1, Math.ceil(crossings[k + 1] - 0.5) - 1)
      for (let x = from; x <= to; x++) mask[row * size + x] = 1
    }
  }
}
