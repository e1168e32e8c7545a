import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Document, NodeIO } from '@gltf-transform/core'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readScan, scansIn } from '../../../evaluation/data/scan.ts'

/** Red above blue. */
const image = () =>
  sharp(Buffer.from([255, 0, 0, 0, 0, 255]), { raw: { width: 1, height: 2, channels: 3 } })
    .png()
    .toBuffer()

/** A square facing +z; twice over the same UVs where `twice`. */
async function folder({ embed = false, beside = false, twice = false, uvScale = 1 }) {
  const dir = await mkdtemp(join(tmpdir(), 'evaluation-scan-'))
  const document = new Document()
  const buffer = document.createBuffer()
  const accessor = (type: 'VEC2' | 'VEC3' | 'SCALAR', array: Float32Array | Uint16Array) =>
    document
      .createAccessor()
      .setType(type)
      .setArray(array as Float32Array<ArrayBuffer>)
      .setBuffer(buffer)
  const material = document.createMaterial()
  if (embed)
    material.setBaseColorTexture(
      document
        .createTexture()
        .setImage(new Uint8Array(await image()))
        .setMimeType('image/png'),
    )
  const corners = [0, 1, 2, 0, 2, 3]
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', Float32Array.from([0, 0, 0, 2, 0, 0, 2, 3, 0, 0, 3, 0])))
    .setAttribute(
      'TEXCOORD_0',
      accessor(
        'VEC2',
        Float32Array.from([0, 1, 1, 1, 1, 0, 0, 0], (value) => value * uvScale),
      ),
    )
    .setIndices(accessor('SCALAR', Uint16Array.from(twice ? [...corners, ...corners] : corners)))
    .setMaterial(material)
  document
    .createScene()
    .addChild(document.createNode().setMesh(document.createMesh().addPrimitive(primitive)))
  await writeFile(join(dir, 'head.glb'), await new NodeIO().writeBinary(document))
  if (beside) {
    await writeFile(join(dir, 'head-color.png'), await image())
    await writeFile(join(dir, 'head-normal.png'), 'not looked at')
  }
  return dir
}

/** The GLB of such a folder. */
const scan = async (given: Parameters<typeof folder>[0]) => join(await folder(given), 'head.glb')

describe('scansIn', () => {
  it('names every scan of a folder after its file', async () => {
    const dir = await folder({ embed: true })
    await mkdir(join(dir, 'more'))
    for (const name of ['head-10.glb', 'head-2.GLB', 'more/bust.glb', '.hidden.glb', 'head.txt'])
      await copyFile(join(dir, 'head.glb'), join(dir, name))
    const samples = await scansIn(dir)
    expect(samples.map(({ name, subject }) => [name, subject])).toEqual(
      ['head-2', 'head-10', 'head', 'more-bust'].map((name) => [name, name]),
    )
    expect(samples[3].path).toBe(join(dir, 'more/bust.glb'))
    expect(await scansIn(samples[1].path)).toEqual([samples[1]])
  })
  it('refuses a folder that is missing or has no scan', async () => {
    await expect(scansIn(`${tmpdir()}/absent`)).rejects.toThrow('give a folder that exists')
    const dir = await mkdtemp(join(tmpdir(), 'evaluation-scan-'))
    await expect(scansIn(dir)).rejects.toThrow(/holds no \.glb \(it holds nothing\): give a folder/)
  })
})

describe('readScan', () => {
  it('takes an embedded texture as glTF has it, and brings the mesh to the size of a head', async () => {
    const { mesh, texture, overlap } = await readScan(await scan({ embed: true }), 8)
    expect(overlap).toBe(0)
    const [x, y] = [0, 1].map((c) => [...mesh.positions].filter((_, i) => i % 3 === c))
    expect(Math.max(...x) - Math.min(...x)).toBeCloseTo(15.3, 4)
    expect(Math.max(...y) + Math.min(...y)).toBeCloseTo(0, 4)
    expect([...mesh.normals.slice(0, 3)]).toEqual([0, 0, 1])
    expect([...texture.slice(0, 3)]).toEqual([1, 0, 0])
  })
  it('turns a loose image, whose v points up', async () => {
    const { texture } = await readScan(await scan({ beside: true }), 8)
    expect([...texture.slice(0, 3)]).toEqual([0, 0, 1])
  })
  it('takes the image that is named after the scan, not after one with a longer name', async () => {
    const dir = await folder({ beside: true })
    const blue = { create: { width: 2, height: 2, channels: 3 as const, background: '#0000ff' } }
    await copyFile(join(dir, 'head.glb'), join(dir, 'head-b.glb'))
    await sharp(blue).png().toFile(join(dir, 'head-b-color.png'))
    const cornerOf = async (glb: string) => [...(await readScan(join(dir, glb), 8)).texture.slice(-3)]
    expect(await cornerOf('head.glb')).toEqual([1, 0, 0])
    expect(await cornerOf('head-b.glb')).toEqual([0, 0, 1])
    // Of two scans the one image is not both's.
    await copyFile(join(dir, 'head.glb'), join(dir, 'other.glb'))
    await expect(readScan(join(dir, 'other.glb'), 8)).rejects.toThrow(
      'no image beside it whose name begins with other',
    )
  })
  it('refuses what has no one truth', async () => {
    await expect(readScan(await scan({}), 8)).rejects.toThrow('no texture inside and no image beside it')
    await expect(readScan(await scan({ embed: true, twice: true }), 8)).rejects.toThrow(
      'lie under more than one triangle',
    )
    await expect(readScan(await scan({ embed: true, uvScale: 2 }), 8)).rejects.toThrow('UVs outside 0..1')
  })
  const real = new URL('../../../../../shared/gt', import.meta.url).pathname
  it.skipIf(!existsSync(real))('reads a whole head whose lips are red', async () => {
    const [{ name, path }] = await scansIn(real)
    expect(name).toBe('LeePerrySmith')
    const { mesh, overlap, texture, size } = await readScan(path, 256)
    expect(mesh.positions).toHaveLength(9279 * 3)
    expect(overlap).toBeLessThan(0.01)
    // The foremost vertex is the nose's tip: skin, redder than blue.
    let tip = 0
    for (let v = 0; v < 9279; v++) if (mesh.positions[3 * v + 2] > mesh.positions[3 * tip + 2]) tip = v
    const [u, v] = mesh.uv.subarray(2 * tip, 2 * tip + 2)
    const at = 3 * (Math.floor(v * size) * size + Math.floor(u * size))
    expect(texture[at] - texture[at + 2]).toBeGreaterThan(0.1)
  })
})
