/** What a case and its results look like. */

import { renderTexture, turnedCamera } from '../../client/capture/render.ts'
import type { Reference } from './score.ts'
import type { Case, Picture, Sheet } from './types.ts'

/** Renders are made larger and shrunk, for smooth edges. */
const oversampling = 2

/** The first row: what the pipeline saw, its weights, and the truth. */
export function firstRow(solved: Case, { hiddenYaw }: Reference): Sheet['rows'][number] {
  const { capture, truth } = solved
  const { size, view, weight } = capture
  const pictures: Picture[] = [
    { label: 'the photo', width: view.size, height: view.size, rgb: view.photo },
    picture(
      'weight',
      size,
      Float32Array.from({ length: 3 * weight.length }, (_, k) => weight[Math.floor(k / 3)]),
    ),
  ]
  if (truth) pictures.push(...rendersOf(solved, truth.texture, hiddenYaw, 'truth'))
  return { method: truth ? 'given, and the truth' : 'given', start: 'none', pictures }
}

export function resultRow(
  solved: Case,
  { hiddenYaw }: Reference,
  method: string,
  start: string,
  texture: Float32Array,
): Sheet['rows'][number] {
  const { size } = solved.capture
  // Each render stands below the truth's.
  const pictures = [picture('texture', size, texture)]
  if (solved.truth) pictures.push(picture('error x 4', size, errorOf(solved, texture)))
  pictures.push(...rendersOf(solved, texture, hiddenYaw, 'render'))
  return { method, start, pictures }
}

function rendersOf(
  { capture: { mesh, size } }: Case,
  texture: Float32Array,
  yaw: number,
  name: string,
): Picture[] {
  const side = oversampling * size
  return [0, yaw].map((angle) => {
    const { rgb } = renderTexture(
      mesh,
      turnedCamera(mesh, { yaw: angle }, side, side),
      texture,
      size,
      side,
      side,
    )
    return picture(`${name}, yaw ${angle}`, size, halved(rgb, size))
  })
}

/** Absolute difference where the truth is known, enlarged. */
function errorOf({ capture: { size }, truth }: Case, texture: Float32Array): Float32Array {
  const mask = truth?.regions.whole
  return Float32Array.from({ length: 3 * size * size }, (_, k) =>
    mask?.[Math.floor(k / 3)] ? Math.min(1, 4 * Math.abs(texture[k] - truth!.texture[k])) : 0,
  )
}

const picture = (label: string, side: number, rgb: Float32Array): Picture => ({
  label,
  width: side,
  height: side,
  rgb,
})

function halved(rgb: Float32Array, size: number): Float32Array {
  const wide = 2 * size
  return Float32Array.from({ length: 3 * size * size }, (_, k) => {
    const i = Math.floor(k / 3)
    const at = 3 * (2 * Math.floor(i / size) * wide + 2 * (i % size)) + (k % 3)
    return (rgb[at] + rgb[at + 3] + rgb[at + 3 * wide] + rgb[at + 3 * wide + 3]) / 4
  })
}
