import { NodeIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import validator from 'gltf-validator'
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
    expect(material.getDoubleSided()).toBe(false)
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
})
