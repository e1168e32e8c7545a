import { describe, expect, it } from 'vitest'
import { headGlb } from '../../../client/result/head-glb.ts'
import { atlasPng, encodePng } from '../../../client/result/png.ts'
import { checkFaceGlb, checkHeadGlb } from '../../../worker/validation/glb.ts'
import { at, breakable, type Scene } from '../../support/breakable-glb.ts'
import { validHead, validParts } from '../../support/parts.ts'
import { dome } from '../../unit/result/synthetic.ts'

const { 'face.glb': good, 'texture.png': texture } = await validParts()

const { scene, withScene, withData, withText, join } = breakable(good)
const [positions, normals, uvs, indices] = scene.accessors
const twice = withText((json) =>
  json
    .replace('{"version"', '{"generator":"Jane","version"')
    .replace('"asset":{', '"asset":{"version":"Jane Doe",'),
)
const spaced = withText((json) => json.replace(',', ',    '))
describe('checkFaceGlb', () => {
  it('takes what the client exports', () => {
    expect(() => checkFaceGlb(good, texture)).not.toThrow()
    expect(() => checkFaceGlb(join(), texture)).not.toThrow()
  })

  it.each<[string, Uint8Array, string]>([
    ['another format', good.map((byte, i) => (i === 0 ? 0 : byte)), 'glb-signature'],
    ['an empty file', new Uint8Array(), 'glb-signature'],
    ['a cut end', good.slice(0, -4), 'glb-length'],
    ['another version', good.map((byte, i) => (i === 4 ? 1 : byte)), 'glb-signature'],
    [
      'a JSON chunk that is longer than the file',
      good.map((byte, i) => (i === 15 ? 127 : byte)),
      'glb-chunks',
    ],
    ['broken JSON', good.map((byte, i) => (i === 20 ? 0x21 : byte)), 'glb-json'],
    [
      'an address for its buffer',
      withScene((s) => {
        s.buffers[0].uri = 'https://example.com/a.bin'
      }),
      'glb-scene',
    ],
    [
      'an address for its image',
      withScene((s) => {
        s.images[0].uri = 'data:,'
      }),
      'glb-scene',
    ],
    [
      'extras',
      withScene((s) => {
        s.asset.extras = { author: 'me' }
      }),
      'glb-scene',
    ],
    [
      'another extension',
      withScene((s) => {
        s.extensionsUsed.push('KHR_draco_mesh_compression')
      }),
      'glb-scene',
    ],
    [
      'a second mesh',
      withScene((s) => {
        s.meshes.push(s.meshes[0])
      }),
      'glb-scene',
    ],
    [
      'an animation',
      withScene((s) => {
        s.animations = []
      }),
      'glb-scene',
    ],
    [
      'a negative offset',
      withScene((s) => {
        s.bufferViews[1].byteOffset = -4
      }),
      'glb-scene',
    ],
    [
      'an accessor that is not there',
      withScene((s) => {
        s.meshes[0].primitives[0].indices = 9
      }),
      'glb-bounds',
    ],
    [
      'a buffer view that is not there',
      withScene((s) => {
        s.accessors[1].bufferView = 7
      }),
      'glb-bounds',
    ],
    [
      'a view beyond the data',
      withScene((s) => {
        s.bufferViews[1].byteLength = 1e9
      }),
      'glb-bounds',
    ],
    [
      'an offset near 2^53',
      withScene((s) => {
        s.bufferViews[0].byteOffset = Number.MAX_SAFE_INTEGER
      }),
      'glb-bounds',
    ],
    [
      'too many elements',
      withScene((s) => {
        for (const k of [0, 1, 2]) s.accessors[k].count = 150_000
      }),
      'glb-bounds',
    ],
    [
      'too many vertices',
      withScene((s) => {
        for (const k of [0, 1, 2]) s.accessors[k].count = 200_001
      }),
      'glb-vertices',
    ],
    [
      'fewer normals than positions',
      withScene((s) => {
        s.accessors[1].count = 80
      }),
      'glb-accessor',
    ],
    [
      'indices that are floats',
      withScene((s) => {
        s.accessors[3].componentType = 5126
      }),
      'glb-accessor',
    ],
    [
      'half a triangle',
      withScene((s) => {
        s.accessors[3].count -= 1
      }),
      'glb-accessor',
    ],
    [
      'crooked alignment',
      withScene((s) => {
        s.accessors[0].byteOffset = 1
      }),
      'glb-alignment',
    ],
    [
      'another length of data',
      withScene((s) => {
        s.buffers[0].byteLength += 4
      }),
      'glb-buffer',
    ],
    [
      'a position that is no number',
      withData((v) => v.setFloat32(at(scene, positions), Number.NaN, true)),
      'glb-numbers',
    ],
    [
      'an infinite UV',
      withData((v) => v.setFloat32(at(scene, uvs) + 32, Number.POSITIVE_INFINITY, true)),
      'glb-numbers',
    ],
    [
      'a triangle without a vertex',
      withData((v) => v.setUint16(at(scene, indices), positions.count, true)),
      'glb-indices',
    ],
    [
      'a position in outer space',
      withData((v) => v.setFloat32(at(scene, positions), 3.4e38, true)),
      'glb-range',
    ],
    ['a normal that is too long', withData((v) => v.setFloat32(at(scene, normals), 5, true)), 'glb-range'],
    ['a UV beside the texture', withData((v) => v.setFloat32(at(scene, uvs), -7, true)), 'glb-range'],
    [
      'a max that no vertex has',
      withScene((s) => {
        s.accessors[0].max[0] = 1e300
      }),
      'glb-range',
    ],
    [
      'a max of triangles',
      withScene((s) => {
        s.accessors[3].max = [7]
      }),
      'glb-accessor',
    ],
    ['bytes behind its data', join(new Uint8Array(1024).fill(65)), 'glb-unused'],
    ['a few bytes behind its data', join(new Uint8Array(4).fill(65)), 'glb-unused'],
    ['padding that is too long', join(new Uint8Array(8)), 'glb-unused'],
    [
      'an accessor that nothing refers to',
      withScene((s) => {
        s.meshes[0].primitives[0].attributes.NORMAL = 0
      }),
      'glb-unused',
    ],
    [
      'bytes between its vertices',
      withScene((s) => {
        s.accessors[1].byteOffset = 0
      }),
      'glb-unused',
    ],
    ['a name given twice', twice, 'glb-json'],
    ['spaces in its JSON', spaced, 'glb-json'],
    [
      'markup as a name',
      withScene((s) => {
        s.meshes[0].name = '<script>'
      }),
      'glb-scene',
    ],
    [
      'a copyright that turns the text around it',
      withScene((s) => {
        s.asset.copyright = '\u202eJane'
      }),
      'glb-scene',
    ],
    ['another texture', withData((v) => v.setUint8(scene.bufferViews[0].byteOffset + 60, 7)), 'glb-texture'],
  ])('refuses %s', (_, file, code) => {
    expect(() => checkFaceGlb(file, texture)).toThrow(
      expect.objectContaining({ name: 'ValidationError', part: 'face.glb', code }),
    )
  })
})

describe('checkHeadGlb', async () => {
  const hairy = await validHead()
  const bald = await validHead({ hair: false })
  const { scene, withScene, withData } = breakable(hairy)
  const colours = scene.accessors[scene.meshes[1].primitives[0].attributes.COLOR_0]
  const strands = (width: number, height: number, layout: 'rgb' | 'rgba' = 'rgba') =>
    encodePng(new Uint8Array(width * height * (layout === 'rgb' ? 3 : 4)), width, height, layout)
  const withHair = async (png: Uint8Array<ArrayBuffer>) =>
    headGlb({ mesh: dome(8), png: await atlas(256), hair: { mesh: dome(4), png } })
  const atlas = (size: number) => atlasPng(new Float32Array(6 * size * size), size)
  const withSkin = async (png: Uint8Array<ArrayBuffer>) => headGlb({ mesh: dome(8), png })

  it('takes what the client exports, with hair and without', async () => {
    // The same head with other hair has the same skin.
    expect(checkHeadGlb(hairy)).toEqual(checkHeadGlb(bald))
    const plain = await withHair(await strands(64, 64))
    expect(checkHeadGlb(plain)).toEqual(await atlas(256))
  })

  it.each<[string, Uint8Array, string]>([
    ['a face', good, 'glb-scene'],
    ['a third mesh', withScene((s) => s.meshes.push(s.meshes[1])), 'glb-scene'],
    ['a third node', withScene((s) => s.nodes.push({ name: 'hat', mesh: 1 })), 'glb-scene'],
    ['two nodes of one mesh', withScene((s) => Object.assign(s.nodes[1], { mesh: 0 })), 'glb-scene'],
    ['hair with the skin of the head', withScene((s) => setMaterial(s, 1, 0)), 'glb-scene'],
    [
      'hair that is blended',
      withScene((s) => Object.assign(s.materials[1], { alphaMode: 'BLEND' })),
      'glb-scene',
    ],
    ['skin with holes', withScene((s) => Object.assign(s.materials[0], { alphaMode: 'MASK' })), 'glb-scene'],
    [
      'a node that is moved',
      withScene((s) => Object.assign(s.nodes[1], { translation: [0, 1, 0] })),
      'glb-scene',
    ],
    ['colours of skin', withScene((s) => Object.assign(attributes(s, 0), { COLOR_0: 8 })), 'glb-scene'],
    [
      'morph targets',
      withScene((s) => Object.assign(s.meshes[0].primitives[0], { targets: [] })),
      'glb-scene',
    ],
    ['extras', withScene((s) => Object.assign(s.nodes[0], { extras: {} })), 'glb-scene'],
    [
      'an address for its image',
      withScene((s) => Object.assign(s.images[1], { uri: 'data:,' })),
      'glb-scene',
    ],
    [
      'fewer colours than hair',
      withScene((s) => Object.assign(s.accessors[8], { count: 24 })),
      'glb-accessor',
    ],
    [
      'colours that are no numbers',
      withData((v) => v.setFloat32(at(scene, colours), Number.NaN, true)),
      'glb-numbers',
    ],
    [
      'hair without a triangle',
      withScene((s) => Object.assign(s.accessors[5], { count: 0 })),
      'glb-vertices',
    ],
    ['a square skin', await withSkin(await strands(256, 256, 'rgb')), 'png-size'],
    ['a skin that is too small', await withSkin(await atlas(128)), 'png-size'],
    ['a skin that is too large', await withSkin(await strands(2560, 1280, 'rgb')), 'png-size'],
    ['a skin with alpha', await withSkin(await strands(512, 256)), 'png-layout'],
    ['hair without alpha', await withHair(await strands(64, 64, 'rgb')), 'png-layout'],
    ['hair that is too large', await withHair(await strands(2048, 2048)), 'png-size'],
    ['a damaged skin', withData((v) => v.setUint8(scene.bufferViews[0].byteOffset + 60, 7)), 'png-crc'],
    ['damaged hair', withData((v) => v.setUint8(scene.bufferViews[1].byteOffset + 60, 7)), 'png-crc'],
  ])('refuses %s', (_, file, code) => {
    expect(() => checkHeadGlb(file)).toThrow(
      expect.objectContaining({ name: 'ValidationError', part: 'head.glb', code }),
    )
  })

  it('refuses more vertices than both meshes may have together', () => {
    const file = withScene((s) => {
      for (const k of [0, 1, 2]) s.accessors[k].count = 99_990
    })
    expect(() => checkHeadGlb(file)).toThrow(expect.objectContaining({ code: 'glb-vertices' }))
  })
})

const attributes = (scene: Scene, mesh: number) => scene.meshes[mesh].primitives[0].attributes
function setMaterial(scene: Scene, mesh: number, material: number): void {
  scene.meshes[mesh].primitives[0].material = material
}
