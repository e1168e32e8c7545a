import { beforeAll, expect, test } from 'vitest'
import { captureMesh } from '../../../../client/capture/capture.ts'
import { poseCamera } from '../../../../client/capture/mesh/camera.ts'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { Evidence } from '../../../../client/face/evidence.ts'
import { headMesh } from '../../../../client/head/head-mesh.ts'
import { headSight } from '../../../../client/head/sight.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { refine } from '../../../../client/refine/refine.ts'
import { presets } from '../../../../client/refine/schedule.ts'
import type { RefinementProblem } from '../../../../client/refine/types.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { nodeRuntime } from '../../../../client/runtime/node.ts'
import { hairProblem } from '../../../evaluation/head/hair-problem.ts'
import { hood } from '../../head/hood.ts'

const [side, size] = [400, 64]
const texels = size * size
const skin = [205, 150, 120]
/** The upper half of the layout is haired, and its left half is seen. */
const hair = Uint8Array.from({ length: texels }, (_, i) => (2 * i < texels ? 1 : 0))
const own = Float32Array.from(hair, (on, i) => (on && i % size < size / 2 ? 1 : 0))
const content = new Float32Array(3 * texels).fill(0.3)

let posed: RefinementProblem
beforeAll(async () => {
  const canonical = await canonicalFace(diskStore())
  const face = faceMesh(canonical.pos, canonical)
  const data = Uint8ClampedArray.from({ length: 4 * side * side }, (_, k) =>
    k % 4 === 3 ? 255 : skin[k % 4],
  )
  const photo: Photo = { width: side, height: side, data }
  const rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
  const camera = poseCamera({ rotation, scale: 10, translation: [side / 2, -side / 2] })
  const capture = captureMesh(photo, face, camera, { size })
  const head = headMesh(hood(canonical), face, canonical)
  posed = hairProblem(head, headSight(head, capture, photo, {}, size, null), { hair, own, content })
})

test('frees hair that nobody has seen, and nothing else', () => {
  const { coverage, freedom, weight, evidence } = posed
  let free = 0
  for (let i = 0; i < texels; i++) {
    if (!hair[i]) expect([coverage[i], freedom[i], weight[i]]).toEqual([0, 0, 0])
    // The rim between both is soft.
    if (own[i] && i % size < size / 2 - 3) expect(freedom[i]).toBe(0)
    if (freedom[i] === 1) free++
    expect(evidence[i]).toBe(coverage[i] && own[i] ? Evidence.own : Evidence.none)
  }
  expect(free).toBeGreaterThan(texels / 10)
})

test('can be refined as any other problem, and keeps what is seen', async () => {
  const runtime = await nodeRuntime()
  const scales = [{ divisor: 1, steps: 1 }]
  const steps = refine(posed, { ...presets.draft, scales }, { runtime, store: diskStore() })
  let next = await steps.next()
  while (!next.done) next = await steps.next()
  await runtime.dispose()
  const { texture, optimisedTexels } = next.value
  expect(optimisedTexels).toBeGreaterThan(texels / 10)
  for (let i = 0; i < texels; i++)
    if (posed.coverage[i] && posed.freedom[i] === 0) expect(texture[3 * i]).toBeCloseTo(content[3 * i], 5)
}, 60_000)
