import { faceFrame, type Point, xy } from './frame.ts'
import { rasterizeSvg } from './rasterize-svg.ts'
import type { Occluder } from './types.ts'

/** A microphone held before mouth and chin: ball, ring and a slanted handle. */
export const microphone: Occluder = {
  name: 'microphone',
  draw: (landmarks, { width, height }, seed) => {
    const { at, move, unit } = faceFrame(landmarks)
    const side = seed % 2 === 0 ? 1 : -1
    const ball: Point = move(at(17), 0, 0.02)
    const p = (right: number, down: number) => move(ball, side * right, down)
    const handle = `M${xy(p(-0.12, 0.3))} L${xy(p(0.24, 0.24))} L${xy(p(0.8, 2.6))} L${xy(p(0.5, 2.7))} Z`
    const [x, y] = ball
    const radius = 0.37 * unit
    return rasterizeSvg(
      `<defs><radialGradient id="b" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#8b8d92"/><stop offset=".5" stop-color="#4a4c50"/><stop offset="1" stop-color="#17181a"/></radialGradient>
      <pattern id="m" width="${unit / 14}" height="${unit / 14}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0,0 H${unit} M0,0 V${unit}" stroke="#0c0c0d" stroke-width="${unit / 45}" fill="none"/></pattern></defs>
      <path d="${handle}" fill="#1c1c1f" stroke="#0b0b0c" stroke-width="${unit * 0.02}"/>
      <circle cx="${x}" cy="${y}" r="${radius}" fill="url(#b)"/><circle cx="${x}" cy="${y}" r="${radius}" fill="url(#m)"/>
      <path d="M${xy(p(-0.27, 0.25))} L${xy(p(0.35, 0.14))}" stroke="#77797d" stroke-width="${unit * 0.07}"/>`,
      width,
      height,
    )
  },
}
