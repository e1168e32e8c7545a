import { faceFrame, type Point, xy } from './frame.ts'
import { rasterizeSvg } from './rasterize-svg.ts'
import type { Occluder } from './types.ts'

/** Black plastic: both rims, bridge and temples. The lenses are clear. */
export const glasses: Occluder = {
  name: 'glasses',
  draw: (l, p) => frameAndLenses(l, p.width, p.height, false),
}

/** The same with dark lenses, through which nothing is seen. */
export const sunglasses: Occluder = {
  name: 'sunglasses',
  draw: (l, p) => frameAndLenses(l, p.width, p.height, true),
}

function frameAndLenses(landmarks: Float32Array, width: number, height: number, dark: boolean) {
  const { at, move, unit } = faceFrame(landmarks)
  const mean = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  const eyes = [mean(at(33), at(133)), mean(at(263), at(362))]
  const half = Math.min(0.43, 0.43 * (Math.hypot(eyes[1][0] - eyes[0][0], eyes[1][1] - eyes[0][1]) / unit))
  const line = 0.075 * unit
  const rims = eyes.map((eye) => {
    const p = (right: number, down: number) => xy(move(eye, right * half, down))
    return `M${p(-1, -0.12)} Q${p(-1, -0.28)} ${p(-0.6, -0.28)} L${p(0.6, -0.28)} Q${p(1, -0.28)} ${p(1, -0.12)} Q${p(1, 0.34)} ${p(0, 0.36)} Q${p(-1, 0.34)} ${p(-1, -0.12)} Z`
  })
  const bridge = `M${xy(move(eyes[0], half, -0.08))} Q${xy(move(mean(...(eyes as [Point, Point])), 0, -0.2))} ${xy(move(eyes[1], -half, -0.08))}`
  const temples = [
    `M${xy(move(eyes[0], -half, -0.12))} L${xy(move(at(127), -0.05, -0.1))}`,
    `M${xy(move(eyes[1], half, -0.12))} L${xy(move(at(356), 0.05, -0.1))}`,
  ]
  return rasterizeSvg(
    `<defs><linearGradient id="l" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0b0c0e"/><stop offset="1" stop-color="#2c2a2b"/></linearGradient></defs>
    <g fill="${dark ? 'url(#l)' : 'none'}" stroke="#141416" stroke-width="${line}" stroke-linejoin="round" stroke-linecap="round">
    ${rims.map((d) => `<path d="${d}"/>`).join('')}<path fill="none" d="${bridge} ${temples.join(' ')}"/></g>
    <g fill="none" stroke="#5a5a60" stroke-width="${line / 6}">${rims.map((d) => `<path d="${d}"/>`).join('')}</g>`,
    width,
    height,
  )
}
