import { describe, expect, it } from 'vitest'
import { texturePng } from '../../../client/result/png.ts'
import { usdz } from '../../../client/result/usdz.ts'
import { zippedFiles } from '../../support/zipped-files.ts'
import { dome, gradientTexture } from './synthetic.ts'

const mesh = dome(3)
const png = await texturePng(gradientTexture(16), 16)
const files = zippedFiles(await usdz('face', [{ name: 'face', mesh, png }]))
const layer = new TextDecoder().decode(files[0].content)

/** The numbers of an array of a layer, which comes once in it. */
const numbers = (text: string, attribute: string) => {
  const [, list] = new RegExp(`${attribute} = \\[(.*)\\]`).exec(text)!
  return list
    .replaceAll(/[()\s]/g, '')
    .split(',')
    .map(Number)
}

describe('usdz', () => {
  it('is a zip whose first file is the layer, each at a multiple of 64 bytes and unpacked', () => {
    expect(files.map(({ path }) => path)).toEqual(['face.usda', 'textures/face.png'])
    for (const { start, isPacked } of files) expect([start % 64, isPacked]).toEqual([0, false])
    expect(new Uint8Array(files[1].content)).toEqual(png)
  })

  it('tells metres and which way is up, and opens its root', () => {
    expect(layer).toMatch(/^#usda 1\.0\n/)
    expect(layer).toMatch(/metersPerUnit = 1\n {4}upAxis = "Y"/)
    expect(layer).toContain('defaultPrim = "face"')
  })

  it('holds the mesh in metres, its V from the bottom', () => {
    const points = numbers(layer, 'points')
    expect(points).toHaveLength(mesh.positions.length)
    points.forEach((value, i) => {
      expect(Math.abs(value - mesh.positions[i] / 100)).toBeLessThan(6e-6)
    })
    const st = numbers(layer, 'primvars:st')
    expect(st).toHaveLength(mesh.uv.length)
    st.forEach((value, i) => {
      expect(value).toBeCloseTo(i % 2 ? 1 - mesh.uv[i] : mesh.uv[i], 4)
    })
    const normals = numbers(layer, 'normals')
    normals.forEach((value, i) => {
      expect(value).toBeCloseTo(mesh.normals[i], 2)
    })
    expect(numbers(layer, 'faceVertexIndices')).toEqual([...mesh.triangles])
    expect(numbers(layer, 'faceVertexCounts')).toEqual(Array(18).fill(3))
  })

  it('stands on the ground, and tells its extent', () => {
    // The dome is 20 cm high around its origin.
    expect(layer).toContain('double3 xformOp:translate = (0, 0.1, 0)')
    // Its middle is flat: a third of the way to the rim is the nearest that a vertex comes to its 5 cm.
    const extent = [-0.1, -0.1, 0, 0.1, 0.1, 0.04444]
    numbers(layer, 'extent').forEach((value, i) => {
      expect(value).toBeCloseTo(extent[i], 5)
    })
  })

  it('leads to nothing that is not there', () => {
    const paths = [...layer.matchAll(/<(.*?)>/g)].map(([, path]) => path)
    expect(paths.length).toBeGreaterThan(3)
    for (const path of new Set(paths)) {
      const [prims, output] = path.split('.')
      for (const name of prims.slice(1).split('/')) expect(layer).toMatch(new RegExp(`def \\w+ "${name}"`))
      if (output) expect(layer).toMatch(new RegExp(`\\w+ ${output}\n`))
    }
    for (const [, path] of layer.matchAll(/@(.*?)@/g)) expect(files.map((file) => file.path)).toContain(path)
  })

  it('cuts out what is too transparent, of meshes that have it', async () => {
    expect(layer).not.toContain('opacity')
    const parts = [
      { name: 'head', mesh, png },
      { name: 'hair', mesh: dome(2), png, alphaCutoff: 0.45 },
    ]
    const [{ content }, ...rest] = zippedFiles(await usdz('head', parts))
    const text = new TextDecoder().decode(content)
    expect(text.match(/def Mesh "\w+"/g)).toEqual(['def Mesh "head"', 'def Mesh "hair"'])
    expect(text.match(/inputs:opacityThreshold = 0.45/g)).toHaveLength(1)
    expect(text).toContain('inputs:opacity.connect = </head/materials/hair/texture.outputs:a>')
    expect(rest.map(({ path }) => path)).toEqual(['textures/head.png', 'textures/hair.png'])
  })

  it('refuses arrays that do not belong together', async () => {
    const few = { ...dome(4), uv: new Float32Array(8) }
    expect(() => usdz('face', [{ name: 'face', mesh: few, png }])).toThrow('it has 25 and 4')
  })
})
