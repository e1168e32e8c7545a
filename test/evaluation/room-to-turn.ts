/**
 * What a picture is framed by so that the head, turned in any direction, stays in it at one scale: the corners of the cube
 * around the sphere in which the vertices turn. Their bounding box is no such room: of ten faces the widest, turned by 35
 * degrees, reached 14% further from the middle than its greatest extent.
 *
 * @param positions V x 3
 * @returns 2 x 3, as `turnedCamera` takes them: about the middle of the vertices' bounding box
 */
export function roomToTurn(positions: Float32Array): Float32Array {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let k = 0; k < positions.length; k++) {
    low[k % 3] = Math.min(low[k % 3], positions[k])
    high[k % 3] = Math.max(high[k % 3], positions[k])
  }
  const middle = low.map((value, c) => (value + high[c]) / 2)
  let radius = 0
  for (let v = 0; v < positions.length; v += 3)
    radius = Math.max(radius, Math.hypot(...middle.map((value, c) => positions[v + c] - value)))
  return Float32Array.from([...middle.map((m) => m - radius), ...middle.map((m) => m + radius)])
}
