import { describe, expect, it } from 'vitest'
import { parseObj } from '../../../client/cli/obj-mesh.ts'
import { objZip } from '../../../client/result/obj-zip.ts'
import { texturePng } from '../../../client/result/png.ts'
import { contentsOf } from '../../support/zipped-files.ts'
import { dome, gradientTexture } from './synthetic.ts'

const mesh = dome(3)
const png = await texturePng(gradientTexture(16), 16)
const text = (content: Uint8Array) => new TextDecoder().decode(content)

describe('objZip', () => {
  it('reads back as the mesh, in metres', async () => {
    const files = contentsOf(await objZip('face', [{ name: 'face', mesh, png }]))
    expect(Object.keys(files)).toEqual(['face.obj', 'face.mtl', 'face.png'])
    const read = parseObj(files['face.obj'], 'face.obj')
    expect([...read.triangles]).toEqual([...mesh.triangles].map((v) => firstUse(v)))
    expect(read.positions).toHaveLength(mesh.positions.length)
    mesh.positions.forEach((centimetres, i) => {
      const v = firstUse(Math.floor(i / 3))
      expect(Math.abs(read.positions[3 * v + (i % 3)] - centimetres / 100)).toBeLessThan(6e-6)
    })
    mesh.uv.forEach((value, i) => {
      expect(read.uv[2 * firstUse(i >> 1) + (i % 2)]).toBeCloseTo(value, 4)
    })
    expect(new Uint8Array(files['face.png'])).toEqual(png)
    expect(text(files['face.mtl'])).toContain('newmtl face\n')
    expect(text(files['face.mtl'])).toContain('map_Kd face.png\n')
    expect(text(files['face.mtl'])).not.toContain('map_d')
  })

  it('names its materials, and counts vertices on from mesh to mesh', async () => {
    const parts = [
      { name: 'head', mesh, png },
      { name: 'hair', mesh: dome(2), png, opacityPng: png },
    ]
    const files = contentsOf(await objZip('head', parts))
    expect(Object.keys(files)).toEqual(['head.obj', 'head.mtl', 'head.png', 'hair.png', 'hair-opacity.png'])
    const lines = text(files['head.obj']).split('\n')
    expect(lines.filter((line) => /^(mtllib|o|usemtl) /.test(line))).toEqual([
      'mtllib head.mtl',
      ...['o head', 'usemtl head', 'o hair', 'usemtl hair'],
    ])
    const faces = lines.slice(lines.indexOf('usemtl hair')).filter((line) => line.startsWith('f '))
    expect(faces).toHaveLength(8)
    const indices = faces.flatMap((face) => face.match(/\d+/g)!.map(Number))
    expect([Math.min(...indices), Math.max(...indices)]).toEqual([17, 25])
    expect(text(files['head.mtl']).split('newmtl ')[2]).toContain('map_d hair-opacity.png\n')
  })

  it('refuses arrays that do not belong together', () => {
    const few = { ...dome(4), uv: new Float32Array(8) }
    expect(() => objZip('face', [{ name: 'face', mesh: few, png }])).toThrow('it has 25 and 4')
  })
})

/** Where the reader puts a vertex: it numbers them as the triangles come to them. */
function firstUse(vertex: number): number {
  return [...new Set(mesh.triangles)].indexOf(vertex)
}
