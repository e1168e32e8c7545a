/** What a case and its results look like. */

import type { Reference } from './score.ts'
import type { Case, Picture, Sheet } from './types.ts'
import { pictureOf } from './views.ts'

/** The first row: what the pipeline saw, its weights, and the truth. */
export function firstRow({ capture }: Case, { views }: Reference): Sheet['rows'][number] {
  const { size, view, weight } = capture
  const pictures: Picture[] = [
    { label: 'the photo', width: view.size, height: view.size, rgb: view.photo },
    picture(
      'weight',
      size,
      Float32Array.from({ length: 3 * weight.length }, (_, k) => weight[Math.floor(k / 3)]),
    ),
  ]
  for (const one of views)
    if (one.truth) pictures.push(picture(`truth, yaw ${one.yaw}`, size, one.truth.picture))
  return { method: 'given', start: 'none', pictures }
}

export function resultRow(
  solved: Case,
  { views }: Reference,
  method: string,
  start: string,
  texture: Float32Array,
): Sheet['rows'][number] {
  const { size } = solved.capture
  // Each render stands below the truth's.
  const pictures = [picture('texture', size, texture)]
  if (solved.truth) pictures.push(picture('error x 4', size, errorOf(solved, texture)))
  for (const one of views) pictures.push(picture(`render, yaw ${one.yaw}`, size, pictureOf(one, texture)))
  return { method, start, pictures }
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
