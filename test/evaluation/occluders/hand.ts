import type { Photo } from '../../../client/image/photo.ts'
import { faceFrame, type Point, xy } from './frame.ts'
import { rasterizeSvg } from './rasterize-svg.ts'
import type { Occluder } from './types.ts'

/** A flat hand over mouth and chin: four fingers from one cheek to the other; from the right with an even seed, else from the left. */
export const hand: Occluder = {
  name: 'hand',
  draw: (landmarks, photo, seed) => {
    const { at, move, unit } = faceFrame(landmarks)
    const skin = cheek(photo, [at(50), at(280)])
    const shade = (factor: number) =>
      `rgb(${skin.map((c, i) => Math.round(Math.min(255, c * factor * [1.04, 0.97, 0.94][i]))).join()})`
    const side = seed % 2 === 0 ? 1 : -1
    const mouth: Point = [(at(13)[0] + at(14)[0]) / 2, (at(13)[1] + at(14)[1]) / 2]
    const p = (right: number, down: number) => move(mouth, side * right, down)
    const lengths = [0.78, 0.92, 0.86, 0.66]
    const fingers = lengths.map((length, i) => {
      const down = -0.12 + 0.25 * i
      return `M${xy(p(0.75, down + 0.12))} Q${xy(p(0.1, down - 0.02))} ${xy(p(-length, down - 0.04))}`
    })
    const palm = `M${xy(p(0.55, -0.16))} Q${xy(p(1, -0.18))} ${xy(p(1.4, 0.25))} L${xy(p(2, 2.2))} L${xy(p(1, 2.4))} L${xy(p(0.75, 1.05))} L${xy(p(0.55, 0.86))} Z`
    const stroke = (wide: number, colour: string) =>
      fingers
        .map((d) => `<path d="${d}" stroke="${colour}" stroke-width="${(wide * unit).toFixed(2)}"/>`)
        .join('')
    const knuckles = lengths
      .map((length, i) => {
        const down = -0.12 + 0.25 * i
        return `<path d="M${xy(p(-length * 0.35, down - 0.09))} Q${xy(p(-length * 0.32, down))} ${xy(p(-length * 0.35, down + 0.07))}" stroke="${shade(0.74)}" stroke-width="${(unit * 0.014).toFixed(2)}"/>`
      })
      .join('')
    return rasterizeSvg(
      `<g stroke-linecap="round" fill="none"><path d="${palm}" fill="${shade(0.92)}" stroke="${shade(0.7)}" stroke-width="${unit * 0.02}"/>
      ${stroke(0.27, shade(0.62))}${stroke(0.24, shade(0.93))}${stroke(0.12, shade(0.99))}${knuckles}</g>`,
      photo.width,
      photo.height,
    )
  },
}

/** Mean colour of small squares at the cheeks, 0..255. */
function cheek({ width, height, data }: Photo, points: Point[]): number[] {
  const sum = [0, 0, 0]
  let count = 0
  for (const [x, y] of points) {
    for (let dy = -3; dy <= 3; dy++) {
      for (let dx = -3; dx <= 3; dx++) {
        const [column, row] = [Math.round(x) + dx, Math.round(y) + dy]
        if (column < 0 || row < 0 || column >= width || row >= height) continue
        for (let c = 0; c < 3; c++) sum[c] += data[4 * (row * width + column) + c]
        count++
      }
    }
  }
  return count > 0 ? sum.map((value) => value / count) : [190, 145, 120]
}
