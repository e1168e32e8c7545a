/**
 * How well each method completes the hidden side, where the truth is known.
 *
 * The complete texture of a near-frontal portrait counts as the truth. The face is turned by 40 degrees either way, what
 * the camera then does not see is cut off and filled again, and the fill is compared with the truth, only on texels that
 * the portrait itself shows well.
 *
 *     node test/evaluation/hidden-side.ts [--size 256] PHOTO...
 *
 * Prints one line of JSON: per photo and turn the PSNR (dB) of each method and the gain, and the mean of all.
 */

import { parseArgs } from 'node:util'
import { capture } from '../../client/capture/capture.ts'
import { type InitialMethod, initialTexture } from '../../client/capture/initial.ts'
import { renderTexture, turnedCamera } from '../../client/capture/render.ts'
import type { Capture, Unwrap } from '../../client/capture/types.ts'
import { unwrapPhoto } from '../../client/capture/unwrap.ts'
import { decodePhoto } from '../../client/cli/decode.ts'
import { psnr } from '../../client/image/measure.ts'
import { diskStore } from '../../client/runtime/disk.ts'

const turns = [-40, 40]
const methods: InitialMethod[] = ['mirror', 'hidden-side']
/** Inter-ocular distance of an adult, centimetres: as of the canonical face. */
const interOcular = 6.3

/** What a photo from `yaw` degrees would show of the face if its complete texture were the truth. */
function turned({ mesh, size, content, features }: Capture, yaw: number): Unwrap {
  const side = 2 * size
  const camera = turnedCamera(mesh, { yaw }, side, side)
  const { rgb, mask } = renderTexture(mesh, camera, content, size, side, side)
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let i = 0; i < side * side; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = Math.round(255 * rgb[3 * i + c])
  }
  const pixelsPerCentimetre = Math.hypot(camera.matrix[4], camera.matrix[5], camera.matrix[6])
  return unwrapPhoto({ width: side, height: side, data }, mesh, camera, {
    ...{ size, features, person: mask },
    interOcular: interOcular * pixelsPerCentimetre,
  }).unwrap
}

const { values, positionals } = parseArgs({
  options: { size: { type: 'string', default: '256' } },
  allowPositionals: true,
})
const store = diskStore()
const rows: { photo: string; yaw: number; mirror: number; hiddenSide: number; gain: number | null }[] = []
for (const path of positionals) {
  const truth = await capture(await decodePhoto(path), { store, size: Number(values.size) })
  for (const yaw of turns) {
    const unwrap = turned(truth, yaw)
    const scored = unwrap.weight.map((w, i) =>
      truth.coverage[i] && w < 0.1 && truth.weight[i] > 0.5 ? 1 : 0,
    )
    const results = methods.map((method) => initialTexture(unwrap, { method }))
    const scores = results.map(({ content }) => psnr(content, truth.content, 3, scored))
    rows.push({ photo: path, yaw, mirror: scores[0], hiddenSide: scores[1], gain: results[1].gain })
  }
}
const mean = (of: (row: (typeof rows)[number]) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0) / rows.length
const summary = {
  mirror: mean((row) => row.mirror),
  hiddenSide: mean((row) => row.hiddenSide),
  difference: mean((row) => row.hiddenSide - row.mirror),
  won: rows.filter((row) => row.hiddenSide > row.mirror).length,
  of: rows.length,
}
console.log(JSON.stringify({ summary, rows }))
