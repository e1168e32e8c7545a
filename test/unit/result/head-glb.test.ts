import { NodeIO, type Root } from '@gltf-transform/core'
import { EXTTextureWebP, KHRMaterialsUnlit } from '@gltf-transform/extensions'
import validator from 'gltf-validator'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { headAtlas } from '../../../client/head/atlas.ts'
import { type HairGlb, headGlb } from '../../../client/result/head-glb.ts'
import { targetNames } from '../../../client/result/morph-targets.ts'
import { atlasPng, encodePng } from '../../../client/result/png.ts'
import { simpleAnimation, simpleHeadMovement } from '../../support/head-movement.ts'
import { dome, gradientTexture } from './synthetic.ts'

const texture = gradientTexture(64)
const png = await atlasPng(headAtlas(texture, texture.toReversed(), 64), 64)
const head = { mesh: dome(12), png }

const strands = await encodePng(
  Uint8Array.from({ length: 4 * 16 * 16 }, (_, i) => (i * 37) % 256),
  16,
  16,
  'rgba',
)
const webp = new Uint8Array(await sharp(strands).webp().toBuffer())
const hairMesh = dome(4)
const colours = Float32Array.from(hairMesh.positions, (_, i) => (i % 5) / 4)

async function read(glb: Uint8Array): Promise<Root> {
  const io = new NodeIO().registerExtensions([KHRMaterialsUnlit, EXTTextureWebP])
  return (await io.readBinary(glb)).getRoot()
}

describe('headGlb', () => {
  it.each<[string, HairGlb | undefined]>([
    ['no hair', undefined],
    ['hair with a PNG', { mesh: hairMesh, png: strands }],
    ['hair with a WebP and colours', { mesh: hairMesh, webp, colours }],
    ['hair with opacities', { mesh: hairMesh, png: strands, colours: new Float32Array(4 * 25).fill(0.5) }],
  ])('passes the Khronos validator without errors or warnings (%s)', async (_, hair) => {
    const report = await validator.validateBytes(await headGlb({ ...head, hair, copyright: 'CC0' }))
    expect(report.issues.messages).toEqual([])
    expect(report.info).toMatchObject({
      generator: 'FaceRefiner',
      totalTriangleCount: 2 * 12 * 12 + (hair ? 2 * 4 * 4 : 0),
      drawCallCount: hair ? 2 : 1,
    })
  })

  it('reads back as a head and its hair, each with its own texture', async () => {
    const root = await read(await headGlb({ ...head, hair: { mesh: hairMesh, webp, colours } }))
    const nodes = root.getDefaultScene()!.listChildren()
    expect(nodes.map((node) => node.getName())).toEqual(['head', 'hair'])
    const [skin, hair] = nodes.map((node) => node.getMesh()!.listPrimitives()[0])

    expect(skin.getAttribute('TEXCOORD_0')!.getArray()).toEqual(head.mesh.uv)
    expect(skin.getAttribute('COLOR_0')).toBeNull()
    expect(skin.getMaterial()!.getBaseColorTexture()!.getImage()).toEqual(png)
    expect(skin.getMaterial()!.getBaseColorTexture()!.getSize()).toEqual([128, 64])
    expect(skin.getMaterial()!.getAlphaMode()).toBe('OPAQUE')

    const positions = hair.getAttribute('POSITION')!.getArray()!
    positions.forEach((value, i) => {
      expect(value).toBeCloseTo(hairMesh.positions[i] / 100, 6)
    })
    expect(hair.getAttribute('COLOR_0')!.getType()).toBe('VEC3')
    expect(hair.getAttribute('COLOR_0')!.getArray()).toEqual(colours)
    expect(hair.getMaterial()!.getBaseColorTexture()!.getImage()).toEqual(webp)
    expect(hair.getMaterial()!.getAlphaMode()).toBe('MASK')
    expect(hair.getMaterial()!.getAlphaCutoff()).toBeCloseTo(0.45)

    for (const material of [skin, hair].map((primitive) => primitive.getMaterial()!)) {
      expect(material.getDoubleSided()).toBe(true)
      expect(material.getExtension('KHR_materials_unlit')).not.toBeNull()
    }
  })

  it('needs WebP only where the hair does', async () => {
    const required = async (hair?: HairGlb) =>
      (await read(await headGlb({ ...head, hair })))
        .listExtensionsUsed()
        .filter((extension) => extension.isRequired())
        .map((extension) => extension.extensionName)
    expect(await required()).toEqual([])
    expect(await required({ mesh: hairMesh, png: strands })).toEqual([])
    expect(await required({ mesh: hairMesh, webp })).toEqual(['EXT_texture_webp'])
  })

  it('refuses arrays that do not belong together', async () => {
    const few = { ...dome(4), uv: new Float32Array(8) }
    await expect(headGlb({ mesh: few, png })).rejects.toThrow('it has 25 and 4')
    await expect(headGlb({ ...head, hair: { mesh: few, webp } })).rejects.toThrow('it has 25 and 4')
    const hair = { mesh: hairMesh, webp, colours: new Float32Array(9) }
    await expect(headGlb({ ...head, hair })).rejects.toThrow('it has 9 values')
  })
})

describe('headGlb, of a head that moves', () => {
  const movement = simpleHeadMovement(head.mesh, hairMesh)
  const hair = { mesh: hairMesh, png: strands, colours }

  it.each([
    ['with hair', { movement, hair }],
    ['bald', { movement: { ...movement, hair: null } }],
    ['with an animation', { movement, hair, animation: simpleAnimation() }],
  ])('passes the Khronos validator without a word (%s)', async (_, given) => {
    const report = await validator.validateBytes(await headGlb({ ...head, ...given }))
    expect(report.issues.messages).toEqual([])
    expect(report.info).toMatchObject({
      hasMorphTargets: true,
      hasSkins: true,
      drawCallCount: 'hair' in given ? 3 : 2,
    })
  })

  it('names the same targets on each mesh, with offsets in metres where there are any', async () => {
    const root = await read(await headGlb({ ...head, hair, movement }))
    expect(root.listMeshes().map((mesh) => mesh.getName())).toEqual(['head', 'hair', 'teeth'])
    for (const mesh of root.listMeshes()) {
      expect(mesh.getExtras().targetNames).toEqual(targetNames)
      const [primitive] = mesh.listPrimitives()
      // The second expression moves vertices 1, 6, 11 and so on forwards by a centimetre.
      const offsets = [...primitive.listTargets()[1].getAttribute('POSITION')!.getArray()!]
      expect(offsets).toEqual(offsets.map((_, i) => (i % 15 === 5 ? Math.fround(0.01) : 0)))
    }
  })

  it('keeps the mouth opaque, in its own colours', async () => {
    const teeth = (
      await read(await headGlb({ ...head, movement: { ...movement, hair: null } }))
    ).listMeshes()[1]
    const material = teeth.listPrimitives()[0].getMaterial()!
    expect(material.getAlphaMode()).toBe('OPAQUE')
    const { data, info } = await sharp(material.getBaseColorTexture()!.getImage()!)
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 4, height: 4, channels: 3 })
    expect([...data]).toEqual([...movement.mouth.texture.data].filter((_, i) => i % 4 < 3))
  })

  it('is what it was where nothing moves', async () => {
    const root = await read(await headGlb({ ...head, hair }))
    expect(root.listSkins()).toEqual([])
    expect(root.listMeshes().flatMap((mesh) => mesh.listPrimitives()[0].listTargets())).toEqual([])
    expect(root.listNodes()).toHaveLength(2)
  })

  it('refuses movement that is of another head', async () => {
    const bald = { ...movement, hair: null }
    await expect(headGlb({ ...head, hair, movement: bald })).rejects.toThrow('of a head without')
    await expect(headGlb({ ...head, animation: simpleAnimation() })).rejects.toThrow(
      "needs a head's movement",
    )
    const other = { ...bald, head: simpleHeadMovement(dome(4), null).head }
    await expect(headGlb({ ...head, movement: other })).rejects.toThrow('169 vertices; it has 50 values')
  })
})
