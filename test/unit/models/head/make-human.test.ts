import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  baseVertices,
  type Human,
  humanIn,
  meanBody,
  readHuman,
  referenceBody,
} from '../../../../models/head/make-human.ts'
import { packageIsThere } from './package-is-there.ts'

describe('a package of one quad', () => {
  let folder = ''
  let human: Human

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'make-human-'))
    const put = (path: string, content: string | Uint8Array) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    put(
      'public/data/models/human_full_size.json',
      JSON.stringify({
        vertices: [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0.5],
        uvs: [[0, 0, 1, 0, 1, 1, 0, 0.75]],
        materials: [{ DbgName: 'helper' }, { DbgName: 'body' }],
        faces: [11, 0, 1, 2, 3, 1, 3, 2, 1, 0, 11, 3, 2, 1, 0, 0, 0, 1, 2, 3],
      }),
    )
    // Listed in another order than they lie in.
    put(
      'src/json/targets/target-list.json',
      JSON.stringify({ targets: { 'data/targets/b/second.target': 0, 'data/targets/a/first.target': 0 } }),
    )
    const targets = new Int16Array(2 * 3 * baseVertices)
    targets[1] = 7
    targets[3 * baseVertices + 3] = -1500
    put('public/data/targets/targets.bin', new Uint8Array(targets.buffer))
    human = humanIn(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is two triangles of skin, in centimetres, with v down', () => {
    expect([...human.triangles]).toEqual([0, 1, 2, 0, 2, 3])
    expect([...human.uvTriangles]).toEqual([3, 2, 1, 3, 1, 0])
    expect([...human.positions]).toEqual([0, 0, 0, 10, 0, 0, 10, 10, 0, 0, 10, 5])
    expect([...human.uv]).toEqual([0, 1, 1, 1, 1, 0, 0, 0.25])
  })

  test('has targets by name', () => {
    expect(human.target('a/first')[1]).toBeCloseTo(0.07)
    expect(human.target('b/second')[3]).toBeCloseTo(-15)
    expect(() => human.target('c/third')).toThrow('no target c/third')
  })
})

test('a mean body is of released targets only', () => {
  const used = new Map<string, number>()
  const target = (name: string) => {
    used.set(name, (used.get(name) ?? 0) + 1)
    return Float64Array.of(name.includes('/asian') ? 1 : name.includes('-female-') ? 10 : 0, 0, 0)
  }
  const body = meanBody({ positions: new Float64Array(3), target }, { african: 0, asian: 1, caucasian: 0 }, 0)
  expect([...used.keys()].filter((name) => /old|baby|\/asian-female/.test(name))).toEqual([])
  // The Asian man, the step to a woman, and the woman's weight and muscle.
  expect(body[0]).toBeCloseTo(1 + 10 + 10)
})

test.skipIf(!packageIsThere)('the reference head is symmetric, and as large as a head', async () => {
  const human = await readHuman()
  expect(human.positions).toHaveLength(3 * baseVertices)
  const body = referenceBody(human)
  const head = [...new Set(human.triangles)].filter((v) => body[3 * v + 1] > 65)
  const extent = [0, 1, 2].map((c) => {
    const values = head.map((v) => body[3 * v + c])
    return [Math.min(...values), Math.max(...values)]
  })
  expect(extent[0][0]).toBeCloseTo(-extent[0][1], 1)
  const [wide, , deep] = extent.map(([low, high]) => high - low)
  expect(wide).toBeGreaterThan(16)
  expect(wide).toBeLessThan(21)
  expect(deep).toBeGreaterThan(18)
  expect(deep).toBeLessThan(24)
})
