import { faceFrame, xy } from './frame.ts'
import { mulberry } from './mulberry.ts'
import { rasterizeSvg } from './rasterize-svg.ts'
import type { Occluder } from './types.ts'

const strands = 260

/** Dark brown hair from above the forehead to the brows, from temple to temple. */
export const fringe: Occluder = {
  name: 'fringe',
  draw: (landmarks, { width, height }, seed) => {
    const { at, move, unit } = faceFrame(landmarks)
    const random = mulberry(seed)
    const [left, right, top] = [at(127), at(356), at(10)]
    const mixed = (t: number): [number, number] => [
      left[0] + t * (right[0] - left[0]),
      left[1] + t * (right[1] - left[1]),
    ]
    const brow = (at(105)[1] + at(334)[1]) / 2
    const middle = mixed(0.5)
    // Units from the temples' line up to the brows and the hair's roots.
    const reach = Math.abs(middle[1] - brow) / unit
    const rise = Math.hypot(top[0] - middle[0], top[1] - middle[1]) / unit + 0.3
    const paths: string[] = []
    for (let i = 0; i < strands; i++) {
      const t = (i + random()) / strands
      const arc = Math.sin(Math.PI * t)
      const root = move(mixed(0.04 + 0.92 * t), 0, -(0.25 + rise * arc ** 0.45))
      const tip = move(
        mixed(t + 0.05 * (random() - 0.5)),
        0,
        -reach + 0.1 * (random() - 0.5) + 0.15 * (1 - arc),
      )
      const bend = move(
        [(root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2],
        (t - 0.5) * 0.35 + 0.1 * (random() - 0.5),
        -0.1,
      )
      const light = random() ** 2
      const colour = `rgb(${[38 + 55 * light, 25 + 37 * light, 17 + 24 * light].map(Math.round).join()})`
      paths.push(
        `<path d="M${xy(root)} Q${xy(bend)} ${xy(tip)}" stroke="${colour}" stroke-width="${(unit * (0.02 + 0.035 * random())).toFixed(2)}"/>`,
      )
    }
    return rasterizeSvg(`<g fill="none" stroke-linecap="round">${paths.join('')}</g>`, width, height)
  },
}
