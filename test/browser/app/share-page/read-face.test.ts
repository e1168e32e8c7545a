import { describe, expect, test } from 'vitest'
import { readFace } from '../../../../client/app/share-page/read-face.ts'
import { faceGlb } from '../../../../client/result/glb.ts'
import { encodePng } from '../../../../client/result/png.ts'
import { at, breakable } from '../../../support/breakable-glb.ts'
import { dome } from '../../../unit/result/synthetic.ts'

const mesh = dome(8)
const { scene, withScene, withData } = breakable(
  await faceGlb({ mesh, png: await encodePng(new Uint8Array(3 * 16 * 16), 16, 16, 'rgb') }),
)
const read = (glb: Uint8Array) => readFace(glb.slice().buffer as ArrayBuffer)

test('reads a face', async () => {
  const face = await read(withScene(() => {}))
  expect([face.mesh.positions.length, face.texture.size]).toEqual([mesh.positions.length, 16])
})

describe('refuses what somebody uploaded past the service, or before it looked so closely', () => {
  const bare = { type: 'VEC3', componentType: 5126, count: 1e9 }
  const texture = scene.bufferViews[scene.images[0].bufferView].byteOffset
  test.each<[string, Uint8Array]>([
    ['a billion vertices without data', withScene((s) => s.accessors.splice(0, 1, bare))],
    ['nodes in a ring', withScene((s) => Object.assign(s.nodes[0], { children: [0] }))],
    ['a mesh 10,000 times', withScene((s) => Object.assign(s, instances(10_000)))],
    ['a position in outer space', withData((v) => v.setFloat32(at(scene, scene.accessors[0]), 3.4e38, true))],
    [
      'a UV that is no number',
      withData((v) => v.setFloat32(at(scene, scene.accessors[2]), Number.NaN, true)),
    ],
    [
      'a triangle without a vertex',
      withData((v) => v.setUint16(at(scene, scene.accessors[3]), 65_000, true)),
    ],
    ['a texture of 30,000 pixels', withData((v) => v.setUint32(texture + 16, 30_000))],
    ['a texture that is none', withData((v) => v.setUint32(texture, 0))],
    ['nothing', new Uint8Array()],
    ['too much', new Uint8Array(33 * 2 ** 20)],
  ])('%s', async (_, glb) => {
    await expect(read(glb)).rejects.toThrow()
  })
})

function instances(count: number): object {
  return {
    nodes: Array.from({ length: count }, () => ({ mesh: 0 })),
    scenes: [{ nodes: Array.from({ length: count }, (_, i) => i) }],
  }
}
