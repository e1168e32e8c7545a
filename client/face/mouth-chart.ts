/** The UV chart for the inside of the mouth: where it lies. The mesh is cut for it in capture/mesh/mouth-chart.ts. */

/**
 * The ellipse that takes the contour of the inner lips: centre and half axes in UV, in the free lower-left corner. The
 * lower-right corner is free as well, so that the chart's mirror image (u -> 1 - u) lies on no texel of the face.
 */
export const mouthEllipse = { u: 0.126, v: 0.926, width: 0.104, height: 0.052 }

/** Does a UV lie in the mouth's chart? */
export function inMouthChart(u: number, v: number): boolean {
  const x = (u - mouthEllipse.u) / mouthEllipse.width
  const y = (v - mouthEllipse.v) / mouthEllipse.height
  return Math.sqrt(x * x + y * y) <= 1
}

/** @returns size x size, 1 where a texel's centre lies in the mouth's chart */
export function mouthTexels(size: number): Uint8Array {
  const mask = new Uint8Array(size * size)
  const { u, v, width, height } = mouthEllipse
  for (let y = Math.floor((v - height) * size); y < (v + height) * size; y++)
    for (let x = Math.floor((u - width) * size); x < (u + width) * size; x++)
      if (inMouthChart((x + 0.5) / size, (y + 0.5) / size)) mask[y * size + x] = 1
  return mask
}
