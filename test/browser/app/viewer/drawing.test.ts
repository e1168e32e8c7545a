import { expect, test } from 'vitest'
import { drawFromOrbit, type Face } from '../../../../client/app/viewer/drawing.ts'
import { front } from '../../../../client/app/viewer/orbit.ts'
import { catchWorkers } from '../../../support/caught-workers.ts'

const workers = catchWorkers()

const face: Face = {
  mesh: {
    positions: Float32Array.of(-5, 5, 0, 5, 5, 0, 0, -5, 0),
    normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1),
    uv: Float32Array.of(0, 0, 1, 0, 0.5, 1),
    triangles: Uint32Array.of(0, 2, 1),
  },
  texture: { size: 1, data: Uint8ClampedArray.of(200, 20, 20, 255) },
}

/** Of the middle of what is drawn. */
async function middle(): Promise<number[]> {
  const bitmap = await drawFromOrbit(face, 32, 32, front)
  const context = new OffscreenCanvas(32, 32).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return [...context.getImageData(16, 14, 1, 1).data]
}

test('where the renderer is gone another draws the same', async () => {
  const before = await middle()
  expect(before[0]).toBeGreaterThan(100)
  workers[0].terminate()
  expect(await middle()).toEqual(before)
  expect(workers).toHaveLength(2)
})
