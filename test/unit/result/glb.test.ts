import { NodeIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import validator from 'gltf-validator'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { faceGlb } from '../../../client/result/glb.ts'
import { texturePng } from '../../../client/result/png.ts'
import { dome, gradientTexture } from './synthetic.ts'

const png = await texturePng(gradientTexture(64), 64)

describe('faceGlb', () => {
  it.each([
    ['16-bit indices', 12],
    ['32-bit indices', 256],
  ])('passes the Khronos validator without errors or warnings (%s)', async (_, n) => {
    const report = await validator.validateBytes(await faceGlb({ mesh: dome(n), png, copyright: 'CC0' }))
    expect(report.issues.messages).toEqual([])
    expect(report.info).toMatchObject({
      generator: 'FaceRefiner',
      totalTriangleCount: 2 * n * n,
      drawCallCount: 1,
    })
  })

  it('reads back as the mesh in metres with the texture embedded', async () => {
    const mesh = dome(8)
    const io = new NodeIO().registerExtensions([KHRMaterialsUnlit])
    const root = (await io.readBinary(await faceGlb({ mesh, png, name: 'astronaut' }))).getRoot()
    const [primitive] = root.listMeshes()[0].listPrimitives()
    expect(root.listNodes()[0].getName()).toBe('astronaut')
    const positions = primitive.getAttribute('POSITION')!.getArray()!
    for (let i = 0; i < positions.length; i++) expect(positions[i]).toBeCloseTo(mesh.positions[i] / 100, 6)
    expect(primitive.getAttribute('TEXCOORD_0')!.getArray()).toEqual(mesh.uv)
    expect([...primitive.getIndices()!.getArray()!]).toEqual([...mesh.triangles])
    const material = primitive.getMaterial()!
    expect(material.getBaseColorTexture()!.getImage()).toEqual(png)
    expect(material.getDoubleSided()).toBe(true)
    expect(material.getExtension('KHR_materials_unlit')?.extensionName).toBe('KHR_materials_unlit')
  })

  it('mends normals that glTF would refuse', async () => {
    const mesh = dome(4)
    mesh.normals.fill(0, 0, 3)
    mesh.normals.fill(2, 3, 6)
    const report = await validator.validateBytes(await faceGlb({ mesh, png }))
    expect(report.issues.messages).toEqual([])
  })

  it('refuses arrays that do not belong together', async () => {
    const mesh = { ...dome(4), uv: new Float32Array(8) }
    await expect(faceGlb({ mesh, png })).rejects.toThrow('it has 25 and 4')
  })

  /**
   * What Blender's importer (io_scene_gltf2) does with a file: it refuses one whose lengths do not add up or whose
   * required extensions it does not know (EXT_texture_webp it does, KHR_texture_basisu not everywhere), turns +Y up into
   * its +Z up, takes metres as they are, names the object and its data by node and mesh, reads each TEXCOORD_n as a UV
   * map with v turned over, and of an unlit material makes an emission of the base colour's texture.
   */
  it.each([
    ['png', 'image/png'],
    ['webp', 'image/webp'],
  ] as const)("keeps to what Blender's importer reads (%s)", async (format, mimeType) => {
    const file = format === 'png' ? { png } : { webp: new Uint8Array(await sharp(png).webp().toBuffer()) }
    const glb = await faceGlb({ mesh: dome(8), name: 'Eileen', ...file })
    const header = new DataView(glb.buffer)
    const jsonLength = header.getUint32(12, true)
    expect([header.getUint32(4, true), header.getUint32(8, true)]).toEqual([2, glb.length])
    expect(header.getUint32(20 + jsonLength, true) + 28 + jsonLength).toBe(glb.length)

    const gltf = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + jsonLength)))
    const readByBlender = ['KHR_materials_unlit', 'EXT_texture_webp']
    expect(readByBlender).toEqual(expect.arrayContaining(gltf.extensionsUsed))
    expect(gltf.extensionsRequired).toEqual(format === 'png' ? undefined : ['EXT_texture_webp'])
    expect(gltf.nodes).toEqual([{ name: 'Eileen', mesh: 0 }])
    const [{ attributes, mode = 4 }] = gltf.meshes[0].primitives
    expect(mode).toBe(4)
    expect(Object.keys(attributes).sort()).toEqual(['NORMAL', 'POSITION', 'TEXCOORD_0'])
    const { min, max } = gltf.accessors[attributes.POSITION]
    expect(max[0] - min[0]).toBeCloseTo(0.2, 6)
    expect([gltf.images.length, gltf.images[0].mimeType, gltf.images[0].uri]).toEqual([
      1,
      mimeType,
      undefined,
    ])
    const [{ pbrMetallicRoughness, extensions, alphaMode = 'OPAQUE' }] = gltf.materials
    expect(extensions).toEqual({ KHR_materials_unlit: {} })
    expect(alphaMode).toBe('OPAQUE')
    const { texCoord = 0, index } = pbrMetallicRoughness.baseColorTexture
    expect(texCoord).toBe(0)
    const texture = gltf.textures[index]
    expect(texture.source ?? texture.extensions.EXT_texture_webp.source).toBe(0)
  })
})
