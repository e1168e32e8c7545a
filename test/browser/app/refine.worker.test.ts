import { transfer } from 'comlink'
import { expect, test } from 'vitest'
import type { Measured, RefineReport } from '../../../client/app/messages.ts'
import { reporter, startRefineWorker } from '../../../client/app/workers.ts'
import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture } from '../../../client/face/types.ts'

/** A square of skin that the photo shows in full: nothing is left to optimise. */
function wholeCapture(size: number): Capture {
  const texels = size * size
  const skin = Float32Array.from({ length: texels * 3 }, (_, i) => [0.8, 0.6, 0.5][i % 3])
  const ones = new Float32Array(texels).fill(1)
  return {
    size,
    coverage: new Uint8Array(texels).fill(1),
    sampled: skin,
    weight: ones,
    normals: new Float32Array(texels * 3),
    features: new Uint8Array(texels),
    symmetric: true,
    photo: { width: 640, height: 480 },
    face: { x: 200, y: 100, width: 200, height: 200, score: 1, quarterTurns: 0 },
    landmarks: new Float32Array(478 * 3),
    mesh: {
      positions: Float32Array.of(-5, 5, 0, 5, 5, 0, 5, -5, 0, -5, -5, 0),
      normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
      uv: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
      triangles: Uint32Array.of(0, 3, 1, 1, 3, 2),
    },
    camera: { matrix: Float64Array.of(20, 0, 0, 300, 0, -20, 0, 200, 0, 0, -20, 0, 0, 0, 0, 1) },
    pose: {
      rotation: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
      scale: 20,
      translation: [300, -200],
      yaw: 0,
      pitch: 0,
      roll: 0,
    },
    view: {
      size,
      left: 200,
      top: 100,
      step: 200 / size,
      photo: skin,
      uv: Float32Array.from({ length: texels * 2 }, (_, i) =>
        i % 2 ? (Math.floor(i / 2 / size) + 0.5) / size : (((i / 2) % size) + 0.5) / size,
      ),
      mask: ones,
    },
    evidence: new Uint8Array(texels).fill(Evidence.own),
    content: skin,
    quality: { faceLogit: 20, interOcular: 90, yaw: 0, pitch: 0, roll: 0, own: 1, mirrored: 0, none: 0 },
  }
}

test('a run with nothing to optimise ends at its first step, without fetching a network', async () => {
  const { api, terminate } = startRefineWorker((error) => {
    throw error
  })
  const downloads: string[] = []
  const { port1, port2 } = new MessageChannel()
  port1.postMessage({ capture: wholeCapture(256), seconds: { decode: 1, capture: 2 } } satisfies Measured)
  const runsOn = await api.start(
    { preset: 'draft', seed: 7, keep: null },
    reporter<RefineReport>((news) => {
      if ('arrived' in news) downloads.push(...news.arrived.map(({ file }) => file))
    }),
    transfer(port2, [port2]),
  )
  expect(runsOn).toEqual({ on: 'nothing' })

  const news = await api.next()
  if (!news.finished) throw new Error('a step ran')
  expect(news.refined).toMatchObject({ optimised: false, seed: 7, backbone: null, steps: [] })
  expect([...news.pixels.data.slice(0, 4)]).toEqual([204, 153, 128, 255])
  const latin = new TextDecoder('latin1')
  expect(latin.decode(news.files.png.slice(1, 4))).toBe('PNG')
  expect(latin.decode(news.files.glb.slice(0, 4))).toBe('glTF')
  expect(JSON.parse(news.files.record)).toMatchObject({ optimised: false, preset: 'draft', size: 256 })
  expect(downloads).toEqual([])
  terminate()
})
