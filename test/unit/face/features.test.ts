import { expect, it } from 'vitest'
import { brows, eyes, outerLips } from '../../../client/face/contours.ts'
import { featureMask } from '../../../client/face/features.ts'
import { mouthTexels } from '../../../client/face/mouth-chart.ts'

/** A layout in which each contour is a circle of its own; all else lies in the upper right corner. */
function layout(circles: (readonly [readonly number[], number, number, number])[]) {
  const uv = new Float32Array(2 * 468).map((_, k) => (k % 2 ? 0 : 1))
  for (const [contour, u, v, radius] of circles)
    contour.forEach((vertex, k) => {
      const angle = (2 * Math.PI * k) / contour.length
      uv.set([u + radius * Math.cos(angle), v + radius * Math.sin(angle)], 2 * vertex)
    })
  return uv
}

const circles = [
  [eyes[0], 0.3, 0.4, 0.05],
  [eyes[1], 0.7, 0.4, 0.05],
  [brows[0], 0.3, 0.2, 0.05],
  [brows[1], 0.7, 0.2, 0.05],
  [outerLips, 0.5, 0.7, 0.08],
] as const

it.each([64, 256])('is 1 on eyes, brows, lips and in the chart of the mouth, at %i px', (size) => {
  const mask = featureMask(layout([...circles]), size)
  const at = (u: number, v: number) => mask[Math.floor(v * size) * size + Math.floor(u * size)]
  for (const [, u, v, radius] of circles) {
    expect(at(u, v)).toBe(1)
    expect(at(u + 0.6 * radius, v)).toBe(1)
    expect(at(u + 1.3 * radius, v)).toBe(0)
  }
  const chart = mouthTexels(size)
  chart.forEach((inside, i) => {
    if (inside) expect(mask[i]).toBe(1)
  })
  // Polygons of 16 corners and more are nearly circles.
  const area = (of: Uint8Array) => of.reduce((sum, value) => sum + value, 0) / size ** 2
  const drawn = Math.PI * (4 * 0.05 ** 2 + 0.08 ** 2)
  expect((area(mask) - area(chart)) / drawn).toBeGreaterThan(0.9)
  expect((area(mask) - area(chart)) / drawn).toBeLessThan(1.02)
})
