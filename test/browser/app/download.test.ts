import { expect, test } from 'vitest'
import { exported } from '../../../client/app/download.ts'
import { catchWorkers } from '../../support/caught-workers.ts'

const workers = catchWorkers()

test('an exporter that is gone without a word fails the file, and the next has its own', async () => {
  const mesh = {
    positions: Float32Array.of(-5, 5, 0, 5, 5, 0, 0, -5, 0),
    normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1),
    uv: Float32Array.of(0, 0, 1, 0, 0.5, 1),
    triangles: Uint32Array.of(0, 2, 1),
  }
  const canvas = new OffscreenCanvas(8, 8)
  canvas.getContext('2d')!.fillRect(0, 0, 8, 8)
  const texture = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
  const make = () => exported('png', (api) => api.face({ mesh, texture, size: 8, format: 'png' }))
  await make()
  const failing = make()
  // Once it runs: before, nothing tells of it but time.
  await new Promise((resolve) => workers[1].addEventListener('message', resolve, { once: true }))
  workers[1].terminate()
  await expect(failing).rejects.toMatchObject({ code: 'worker-ended' })
  const { file } = await make()
  expect(await file.slice(0, 4).text()).toBe('glTF')
})
