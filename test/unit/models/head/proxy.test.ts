import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placeProxy, readProxy } from '../../../../models/head/proxy.ts'

test('reads what follows which vertices of the body, and its texture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
  const path = join(folder, 'hair.json')
  const mesh = {
    faces: [11, 0, 1, 2, 3, 0, 3, 2, 1, 0],
    uvs: [[0, 0, 1, 0, 1, 1, 0, 1]],
    ref_vIdxs: [[5, 6, 7]],
    weights: [[0.5, 0.25, 0.25]],
    offsets: [[0, 0.1, 0]],
    materials: [{ mapDiffuse: 'textures/hair.png' }],
  }
  writeFileSync(path, JSON.stringify(mesh))
  const { triangles, references, texture } = readProxy(path)
  rmSync(folder, { recursive: true })
  expect([...triangles]).toEqual([0, 1, 2, 0, 2, 3])
  expect(references).toEqual([[5, 6, 7]])
  expect(texture).toBe('textures/hair.png')
})

test('sits between the vertices that it follows, and off them by decimetres', () => {
  const body = [0, 0, 0, 4, 0, 0, 0, 8, 0]
  const proxy = { references: [[0, 1, 2]], weights: [[0.5, 0.25, 0.25]], offsets: [[0, 0, 0.3]] }
  expect([...placeProxy(proxy, body)]).toEqual([1, 2, 3])
})
