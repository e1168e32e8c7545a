/** Following what hangs together. */

/**
 * Where the open texels lead to from the ones to start at, up, down, left and right.
 *
 * @returns size x size, 1 there and at the start, else 0
 */
export function reached(
  size: number,
  start: (texel: number) => boolean,
  open: (texel: number) => boolean,
): Uint8Array {
  const result = new Uint8Array(size * size)
  const stack: number[] = []
  const visit = (i: number) => {
    if (i < 0 || i >= result.length || result[i] || !open(i)) return
    result[i] = 1
    stack.push(i)
  }
  for (let i = 0; i < result.length; i++) {
    if (!start(i)) continue
    result[i] = 1
    stack.push(i)
  }
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    visit(i - size)
    visit(i + size)
    if (i % size > 0) visit(i - 1)
    if (i % size < size - 1) visit(i + 1)
  }
  return result
}
