import { existsSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readMesh } from '../../../client/cli/mesh-file.ts'
import type { Mesh } from '../../../client/face/types.ts'
import { faceGlb } from '../../../client/result/glb.ts'
import { texturePng } from '../../../client/result/png.ts'
import { at, breakable, type Scene } from '../../support/breakable-glb.ts'
import { pipeOf } from '../../support/pipe.ts'
import { dome, gradientTexture } from '../result/synthetic.ts'

const folder = mkdtempSync(join(tmpdir(), 'mesh-'))
afterAll(() => rmSync(folder, { recursive: true }))
function file(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
/** A square of two triangles in the xy plane, 2 units wide. */
const square = `
# a comment
o square
v -1 -1 0
v 1 -1 0
v 1 1 0
v -1 1 0
vt 0 0
vt 1 0
vt 1 1
vt 0 1
`

/** The corners of all triangles as [x, y, z, u, v], in order: what a mesh means, however its vertices are numbered. */
const corners = ({ positions, uv, triangles }: Mesh) =>
  Array.from(triangles, (v) => [...positions.subarray(3 * v, 3 * v + 3), ...uv.subarray(2 * v, 2 * v + 2)])

describe('readMesh, from a pipe', () => {
  it('tells OBJ and GLB by what they hold', async () => {
    const obj = await readMesh(pipeOf(folder, 'obj', `${square}f 1/1 2/2 3/3 4/4\n`))
    expect(obj.triangles.length).toBe(6)
    const mesh = dome(4)
    const glb = await faceGlb({ mesh, png: await texturePng(gradientTexture(8), 8) })
    expect((await readMesh(pipeOf(folder, 'glb', glb))).triangles.length).toBe(mesh.triangles.length)
  })

  it('refuses an empty one', async () => {
    await expect(readMesh(pipeOf(folder, 'nothing', ''))).rejects.toThrow('nothing is empty (0 bytes)')
  })
})

describe('readMesh, OBJ', () => {
  it('reads a polygon as a fan, flips v, and brings metres to centimetres', async () => {
    const mesh = await readMesh(file('square.obj', `${square}f 1/1 2/2 3/3 4/4\n`))
    expect(corners(mesh)).toEqual([
      [-100, -100, 0, 0, 1],
      [100, -100, 0, 1, 1],
      [100, 100, 0, 1, 0],
      [-100, -100, 0, 0, 1],
      [100, 100, 0, 1, 0],
      [-100, 100, 0, 0, 0],
    ])
    expect([...mesh.normals.subarray(0, 3)]).toEqual([0, 0, 1])
  })

  it('counts backwards from negative indices, and takes the normals of the file', async () => {
    const mesh = await readMesh(file('back.obj', `${square}vn 0 0.6 0.8\nf -4/-4/1 -3/-3/-1 \\\n -2/-2/1\n`))
    expect(corners(mesh)).toHaveLength(3)
    expect(mesh.normals[4]).toBeCloseTo(0.6, 6)
  })

  it('splits vertices at UV seams but not their normals', async () => {
    const seam = `${square}v 0 0 1\nf 1/1 2/2 5/3\nf 2/1 3/2 5/3\n`
    const mesh = await readMesh(file('seam.obj', seam))
    expect(mesh.positions.length / 3).toBe(5)
    const at = (x: number, y: number) =>
      Array.from({ length: 5 }, (_, v) => v).filter(
        (v) => mesh.positions[3 * v] === x && mesh.positions[3 * v + 1] === y,
      )
    const [first, second] = at(100, -100)
    expect(mesh.normals.subarray(3 * first, 3 * first + 3)).toEqual(
      mesh.normals.subarray(3 * second, 3 * second + 3),
    )
  })

  it.each([
    ['no-uv.obj', `${square}f 1 2 3\n`, /^no-uv\.obj has faces without UVs \(line 12\)/],
    ['normals-only.obj', `${square}vn 0 0 1\nf 1//1 2//1 3//1\n`, /has faces without UVs/],
    ['broken.obj', 'v 1 two 3\n', /^broken\.obj, line 1: "v 1 two 3" can't be read/],
    ['dangling.obj', `${square}f 1/1 2/2 9/3\n`, /line 12: "f 1\/1 2\/2 9\/3" can't be read/],
    ['empty.obj', '# nothing\n', /has no triangles/],
    ['tiled.obj', `${square}vt 7 7\nf 1/1 2/2 3/5\n`, /has UVs outside 0\.\.1/],
    [
      'huge.obj',
      `${square}${'f 1/1 2/2 3/3\n'.repeat(2)}${hugeGrid(450)}`,
      /has 203,\d+ vertices; at most 200,000/,
    ],
    ['many-triangles.obj', `${square}${'f 1/1 2/2 3/3 4/4\n'.repeat(400_001)}`, /more than 800000 triangles/],
    ['endless-line.obj', `f ${'1/1 '.repeat(300_000)}`, /line 1: "f 1\/1 .*" can't be read/],
    ['far.obj', `v 1e38 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nf 1/1 2/1 3/1\n`, /has coordinates beyond 10,000/],
    ['mesh.ply', 'ply', /is no mesh this program reads/],
    ['broken.glb', 'glTF and then nonsense', /can't be read as GLB/],
  ])('refuses %s', async (name, content, message) => {
    await expect(readMesh(file(name, content))).rejects.toThrow(message)
  })

  it('reads a file of nothing but lines within the memory of a few of its size', async () => {
    const lines = new Uint8Array(5_000_000).fill(0x0a)
    const before = process.memoryUsage().rss
    await expect(readMesh(file('lines.obj', lines))).rejects.toThrow('has no triangles')
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  })

  it('refuses a file that is too large before it reads it, and a device that never ends', async () => {
    const large = file('large.obj', '')
    truncateSync(large, 300 * 2 ** 20)
    await expect(readMesh(large)).rejects.toThrow('large.obj has more than 268,435,456 bytes')
    const endless = join(folder, 'endless')
    symlinkSync('/dev/zero', endless)
    await expect(readMesh(endless)).rejects.toThrow('endless has more than 268,435,456 bytes')
  })

  it('refuses a missing file', async () => {
    await expect(readMesh(join(folder, 'nowhere.obj'))).rejects.toThrow('there is no such file')
  })
})

describe('readMesh, GLB', () => {
  it('gives back what faceGlb wrote', async () => {
    const mesh = dome(12)
    const png = await texturePng(gradientTexture(16), 16)
    const read = await readMesh(file('dome.glb', await faceGlb({ mesh, png })))
    expect(read.triangles).toEqual(mesh.triangles)
    for (const key of ['positions', 'normals', 'uv'] as const)
      for (let i = 0; i < mesh[key].length; i++) expect(read[key][i]).toBeCloseTo(mesh[key][i], 4)
  })

  it('takes nodes that stand beside and below each other', async () => {
    const { withScene } = breakable(
      await faceGlb({ mesh: dome(4), png: await texturePng(gradientTexture(8), 8) }),
    )
    const twice = withScene((scene) => {
      scene.nodes = [{ children: [1, 2] }, { mesh: 0 }, { mesh: 0, translation: [0.3, 0, 0] }]
    })
    expect((await readMesh(file('twice.glb', twice))).positions.length).toBe(2 * dome(4).positions.length)
  })

  describe('refuses before it allocates', async () => {
    const png = await texturePng(gradientTexture(8), 8)
    const { scene, withScene, withData } = breakable(await faceGlb({ mesh: dome(60), png }))
    const accessor = (change: object) => withScene((s) => Object.assign(s.accessors[0], change))
    const bare = { ...scene.accessors[0] }
    delete bare.bufferView
    delete bare.byteOffset
    const vertex = (which: number, value: number) =>
      withData((view) => view.setFloat32(at(scene, scene.accessors[which]), value, true))
    it.each<[string, Uint8Array, RegExp]>([
      [
        'a mesh 3,000 times',
        withScene((s) => instances(s, 3000)),
        /nodes place more than 2,?000,?000 vertices/,
      ],
      ['a mesh 100 times', withScene((s) => instances(s, 100)), /has 372,100 vertices; at most 200,000/],
      [
        'a billion elements without data',
        withScene((s) => s.accessors.splice(0, 1, { ...bare, count: 1e9 })),
        /take more than/,
      ],
      [
        'more elements than it has',
        accessor({ count: 1e6 }),
        /accessor of 1000000 elements lies beyond its data/,
      ],
      ['half an element', accessor({ count: 0.5 }), /no whole number/],
      [
        'a billion numbers in place of others',
        accessor({ sparse: { count: 1e9 } }),
        /accessor of 3721 elements has 1000000000 in their place/,
      ],
      [
        'a view beyond the file',
        withScene((s) => Object.assign(s.bufferViews[1], { byteLength: 1e9 })),
        /can't be read as GLB/,
      ],
      [
        'nodes in a ring',
        withScene((s) => Object.assign(s.nodes[0], { children: [0] })),
        /nodes are no trees/,
      ],
      ['nodes in a chain', withScene((s) => chain(s, 20_000)), /nodes go deeper than 100/],
      [
        'a node that is not there',
        withScene((s) => Object.assign(s.scenes[0], { nodes: [7] })),
        /or nowhere/,
      ],
      [
        'a million nodes',
        withScene((s) => Object.assign(s, { nodes: Array(1_000_000).fill({}) })),
        /more than 50000 things/,
      ],
      ['lists that are none', withScene((s) => Object.assign(s, { nodes: 5 })), /no list of things/],
      ['a normal that is no number', vertex(1, Number.NaN), /are no finite numbers/],
      ['a position in outer space', vertex(0, 3.4e38), /has coordinates beyond 10,000/],
    ])('%s', async (_, glb, message) => {
      const path = file('bomb.glb', glb)
      const [before, start] = [process.memoryUsage().rss, performance.now()]
      await expect(readMesh(path)).rejects.toThrow(message)
      expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
      expect(performance.now() - start).toBeLessThan(3000)
    })
  })

  const scan = '../shared/gt/LeePerrySmith.glb'
  it.skipIf(!existsSync(scan))('reads a scanned head', async () => {
    const mesh = await readMesh(scan)
    expect(mesh.positions.length / 3).toBe(9279)
    for (let v = 0; v < mesh.normals.length; v += 3)
      expect(Math.hypot(...mesh.normals.subarray(v, v + 3))).toBeCloseTo(1, 3)
  })
})

/** n x n vertices, each used. Its indices go on after the square's. */
function hugeGrid(n: number): string {
  const lines: string[] = []
  for (let i = 0; i < n * n; i++) lines.push(`v ${i % n} ${Math.floor(i / n)} 0`)
  for (let i = 0; i + 2 < n * n; i += 3) lines.push(`f ${i + 5}/1 ${i + 6}/1 ${i + 7}/1`)
  lines.push(...Array.from({ length: 1000 }, (_, i) => `f ${i + 5}/2 ${i + 6}/2 ${i + 7}/2`))
  return lines.join('\n')
}

function instances(scene: Scene, count: number): void {
  scene.nodes = Array.from({ length: count }, () => ({ mesh: 0 }))
  scene.scenes = [{ nodes: Array.from({ length: count }, (_, i) => i) }]
}

function chain(scene: Scene, length: number): void {
  scene.nodes = Array.from({ length }, (_, i) => (i < length - 1 ? { children: [i + 1] } : { mesh: 0 }))
}
