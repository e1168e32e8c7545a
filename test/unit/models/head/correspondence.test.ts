import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { vertexNormals } from '../../../../client/capture/mesh/normals.ts'
import { eyes, faceOutline, innerLips, noseTip } from '../../../../client/face/contours.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { landmarksOn, readCorrespondence } from '../../../../models/head/correspondence.ts'
import { baseVertices, type Human, readHuman, referenceBody } from '../../../../models/head/make-human.ts'
import { packageIsThere } from './package-is-there.ts'

const correspondence = readCorrespondence()

test('the committed correspondence is the one that was looked at', () => {
  const hash = createHash('sha256').update(JSON.stringify(correspondence)).digest('hex')
  expect(hash).toBe('9e2ab452ccc8e1cc8f18db205f471dbc4b1f4ee49f5b849ad02431c56bada627')
})

test('each landmark is a point of a triangle', () => {
  const { triangles, weights } = correspondence
  expect(triangles).toHaveLength(468 * 3)
  expect(weights).toHaveLength(468 * 3)
  for (let i = 0; i < triangles.length; i += 3) {
    expect(new Set(triangles.slice(i, i + 3)).size).toBe(3)
    expect(Math.max(...triangles.slice(i, i + 3))).toBeLessThan(baseVertices)
    expect(Math.min(...weights.slice(i, i + 3))).toBeGreaterThanOrEqual(0)
    expect(weights[i] + weights[i + 1] + weights[i + 2]).toBeCloseTo(1, 3)
  }
})

test('landmarks follow the body by their weights', () => {
  const body = [0, 0, 0, 8, 0, 0, 0, 8, 4]
  const place = landmarksOn(body, { triangles: [0, 1, 2], weights: [0.25, 0.25, 0.5] })
  expect([...place]).toEqual([2, 4, 2])
})

describe.skipIf(!packageIsThere)('on the reference head', () => {
  let human: Human
  let body: Float64Array
  let landmarks: Float64Array
  let canonical: CanonicalFace
  const at = (i: number) => [...landmarks.subarray(3 * i, 3 * i + 3)]

  beforeAll(async () => {
    human = await readHuman()
    body = referenceBody(human)
    landmarks = landmarksOn(body, correspondence)
    canonical = await canonicalFace(diskStore())
  })

  test('landmarks lie on triangles of the skin, symmetric to a third of a millimetre', () => {
    const key = (triangles: ArrayLike<number>, t: number) =>
      [0, 1, 2]
        .map((k) => triangles[t + k])
        .sort((a, b) => a - b)
        .join()
    const skin = new Set<string>()
    for (let t = 0; t < human.triangles.length; t += 3) skin.add(key(human.triangles, t))
    for (let i = 0; i < 468; i++) {
      expect(skin).toContain(key(correspondence.triangles, 3 * i))
      const [x, y, z] = at(canonical.mirror[i])
      const [mx, my, mz] = at(i)
      expect(Math.hypot(x + mx, y - my, z - mz)).toBeLessThan(0.03)
    }
  })

  test('the mesh of the landmarks is that of a face: no triangle folds over, but at the lips that meet', () => {
    const normals = vertexNormals(landmarks, canonical.tri)
    const lips = new Set(innerLips)
    let folded = 0
    for (let t = 0; t < canonical.tri.length; t += 3) {
      const corners = [...canonical.tri.subarray(t, t + 3)]
      if (corners.filter((v) => lips.has(v)).length > 1) continue
      const [a, b, c] = corners.map(at)
      const [u, v] = [b, c].map((p) => p.map((value, k) => value - a[k]))
      const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
      const along = corners.reduce(
        (sum, vertex) => sum + normal.reduce((dot, value, k) => dot + value * normals[3 * vertex + k], 0),
        0,
      )
      if (along <= 0) folded++
    }
    expect(folded).toBe(0)
  })

  test('features are where a head has them', () => {
    const tip = at(noseTip)
    for (const i of faceOutline) expect(at(i)[2]).toBeLessThan(tip[2] - 2)
    // The lips meet; the lids are open.
    for (let k = 1; k < 10; k++)
      expect(Math.abs(at(innerLips[k])[1] - at(innerLips[20 - k])[1])).toBeLessThan(0.25)
    for (const eye of eyes) expect(at(eye[12])[1] - at(eye[4])[1]).toBeGreaterThan(0.6)
    // Before the ears, and as wide as the head.
    const widths = faceOutline.map((i) => Math.abs(at(i)[0]))
    expect(Math.max(...widths)).toBeGreaterThan(6)
    expect(Math.max(...widths)).toBeLessThan(8)
  })
})
