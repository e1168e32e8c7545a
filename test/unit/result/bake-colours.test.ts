import { describe, expect, it } from 'vitest'
import { bakeColours } from '../../../client/result/bake-colours.ts'
import { dome } from './synthetic.ts'

const size = 16
const grey = (alpha: number) => {
  const data = new Uint8ClampedArray(4 * size * size).fill(200)
  for (let i = 3; i < data.length; i += 4) data[i] = alpha
  return { size, data }
}
const mesh = dome(4)
const vertices = mesh.positions.length / 3
const coloursOf = (of: (u: number, v: number) => number[]) =>
  Float32Array.from(Array.from({ length: vertices }, (_, v) => of(mesh.uv[2 * v], mesh.uv[2 * v + 1])).flat())
const texel = (data: Uint8ClampedArray, x: number, y: number) => [
  ...data.subarray(4 * (y * size + x), 4 * (y * size + x) + 4),
]

describe('bakeColours', () => {
  it('leaves a texture as it is where nothing is multiplied', () => {
    const texture = grey(120)
    const baked = bakeColours({ mesh, texture, colours: new Float32Array(4 * vertices).fill(1) }, 0.45)
    expect(baked.texture).toEqual(texture)
    expect(baked.mesh).toEqual(mesh)
  })

  it('multiplies light in linear values, and opacity', () => {
    const colours = coloursOf((u) => [u, 0.5, 1, 0.5 + u / 2])
    const { texture } = bakeColours({ mesh, texture: grey(200), colours }, 0.45)
    for (const x of [0, 5, 15]) {
      const u = (x + 0.5) / size
      const light = (factor: number) =>
        255 * (1.055 * (factor * ((200 / 255 + 0.055) / 1.055) ** 2.4) ** (1 / 2.4) - 0.055)
      const [r, g, b, a] = texel(texture.data, x, 7)
      expect(Math.abs(r - light(u))).toBeLessThan(1)
      expect(Math.abs(g - light(0.5))).toBeLessThan(1)
      expect(b).toBe(200)
      expect(Math.abs(a - 200 * (0.5 + u / 2))).toBeLessThan(1)
    }
  })

  it('drops the triangles of which nothing is shown, and keeps those of which something is', () => {
    // Columns of vertices at u = 0, 1/4, ... 1.
    const colours = coloursOf((u) => [1, 1, 1, u < 0.6 ? 0.2 : 1])
    const { mesh: left } = bakeColours({ mesh, texture: grey(255), colours }, 0.45)
    expect(left.triangles.length / 3).toBe(2 * 4 * 2)
    expect(Math.min(...[...left.triangles].map((v) => mesh.uv[2 * v]))).toBe(0.5)
    expect(left.positions).toBe(mesh.positions)
  })

  it('spreads the light beyond the charts, lest their rims light up', () => {
    const half = { ...mesh, uv: mesh.uv.map((value) => value / 2) }
    const colours = new Float32Array(4 * vertices).fill(0.1)
    for (let v = 0; v < vertices; v++) colours[4 * v + 3] = 1
    const { texture } = bakeColours({ mesh: half, texture: grey(255), colours }, 0.45)
    expect(texel(texture.data, 8, 4)).toEqual(texel(texture.data, 7, 4))
    expect(texel(texture.data, 15, 15)[0]).toBeLessThan(90)
  })

  it('takes the mean where several places share a texel', () => {
    const twice = {
      ...mesh,
      positions: new Float32Array(6 * vertices),
      normals: new Float32Array(6 * vertices),
      uv: Float32Array.of(...mesh.uv, ...mesh.uv),
      triangles: Uint32Array.of(...mesh.triangles, ...mesh.triangles.map((v) => v + vertices)),
    }
    const colours = Float32Array.from({ length: 8 * vertices }, (_, i) => (i < 4 * vertices ? 1 : 0.5))
    const { texture } = bakeColours({ mesh: twice, texture: grey(200), colours }, 0.45)
    expect(texel(texture.data, 8, 8)[3]).toBe(150)
  })
})
