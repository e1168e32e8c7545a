import { expect, test } from 'vitest'
import { faceMesh, faceMeshModel, type WeightList } from '../../../models/face-mesh.ts'

// What it answers is compared with the package's own shaders in test/browser/capture/find/face-mesh-network.test.ts.

test('has all of the network: 34 blocks between the first convolution and two heads', async () => {
  const files = await faceMesh.make()
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(files.get('model.json')))
  const counts: Record<string, number> = {}
  for (const { op } of modelTopology.node) counts[op] = (counts[op] ?? 0) + 1
  expect(counts).toMatchObject({
    ...{ _FusedConv2D: 1 + 2 * 34 + 2, DepthwiseConv2dNative: 34, AddV2: 34, Prelu: 34 },
    ...{ MaxPool: 6, Pad: 3 },
  })
  const bytes = weightsManifest[0].weights.reduce(
    (sum: number, { shape, dtype }: { shape: number[]; dtype: string }) =>
      sum + shape.reduce((a, b) => a * b, dtype === 'int32' ? 4 : 2),
    0,
  )
  expect(files.get('model.bin')!.length).toBe(bytes)
})

test('refuses a list without a layer, and one of other numbers', () => {
  const list: WeightList = { keys: [], shapes: [], offsets: [], dtype: 'float16' }
  expect(() => faceMeshModel(list, new Uint8Array(0))).toThrow(
    '@svenflow/micro-facemesh: there are no weights called conv2d_81/Conv2D.',
  )
  expect(() => faceMeshModel({ ...list, dtype: 'float32' }, new Uint8Array(0))).toThrow(
    '@svenflow/micro-facemesh: weights of float16 were expected, not of float32.',
  )
})
