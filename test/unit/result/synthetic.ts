import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture, Mesh } from '../../../client/face/types.ts'
import type { Refined, RefinementProblem } from '../../../client/refine/types.ts'

/** A dome of (n + 1)^2 vertices, 20 cm wide, bulging 5 cm towards the viewer; UVs fill the square. */
export function dome(n: number): Mesh {
  const vertices = (n + 1) ** 2
  const mesh: Mesh = {
    positions: new Float32Array(vertices * 3),
    normals: new Float32Array(vertices * 3),
    uv: new Float32Array(vertices * 2),
    triangles: new Uint32Array(n * n * 6),
  }
  for (let j = 0, v = 0; j <= n; j++)
    for (let i = 0; i <= n; i++, v++) {
      const [u, w] = [i / n, j / n]
      const [x, y] = [2 * u - 1, 1 - 2 * w]
      mesh.uv.set([u, w], 2 * v)
      mesh.positions.set([10 * x, 10 * y, 2.5 * (2 - x * x - y * y)], 3 * v)
      const [nx, ny] = [0.5 * x, 0.5 * y]
      const length = Math.hypot(nx, ny, 1)
      mesh.normals.set([nx / length, ny / length, 1 / length], 3 * v)
    }
  for (let j = 0, t = 0; j < n; j++)
    for (let i = 0; i < n; i++, t += 6) {
      const a = j * (n + 1) + i
      mesh.triangles.set([a, a + n + 1, a + 1, a + 1, a + n + 1, a + n + 2], t)
    }
  return mesh
}

/** N x N x 3 smooth colours, 0..1, different in every direction. */
export function gradientTexture(size: number): Float32Array {
  const texture = new Float32Array(size * size * 3)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      texture.set([x / size, y / size, 0.5 + 0.4 * Math.sin((x + 2 * y) / 9)], 3 * (y * size + x))
  return texture
}

/** A capture of a dome that fills the photo, seen head-on; the left half of its texture is own, the right half mirrored. */
export function domeRun(size: number) {
  const texels = size * size
  const content = gradientTexture(size)
  const half = (left: number, right: number) => (_: number, i: number) => (i % size < size / 2 ? left : right)
  const uv = new Float32Array(texels * 2)
  for (let i = 0; i < texels; i++)
    uv.set([((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size], 2 * i)
  const view = {
    size,
    left: 0,
    top: 0,
    step: 1,
    photo: content.slice(),
    uv,
    mask: new Float32Array(texels).fill(1),
  }
  const shared = {
    size,
    content,
    sampled: content.slice(),
    weight: new Float32Array(texels).map(half(1, 0)),
    coverage: new Uint8Array(texels).fill(1),
    evidence: new Uint8Array(texels).map(half(Evidence.own, Evidence.mirrored)),
    symmetric: true,
    view,
  }
  const capture: Capture = {
    ...shared,
    photo: { width: size, height: size },
    face: { x: 0, y: 0, width: size, height: size, score: 0.9, quarterTurns: 0 },
    landmarks: new Float32Array(478 * 3),
    mesh: dome(8),
    camera: { matrix: new Float64Array(16) },
    pose: { rotation: new Float64Array(9), scale: 1, translation: [0, 0], yaw: 0, pitch: 0, roll: 0 },
    normals: new Float32Array(texels * 3),
    features: new Uint8Array(texels),
    quality: {
      faceLogit: 12,
      interOcular: 60.12345,
      yaw: -3,
      pitch: 2,
      roll: 0.5,
      own: 0.5,
      mirrored: 0.5,
      none: 0,
    },
  }
  const problem: RefinementProblem = {
    ...shared,
    features: new Uint8Array(texels),
    freedom: new Float32Array(texels).fill(0.5, 0, 3),
    mesh: capture.mesh,
    external: false,
  }
  const refined: Refined = {
    size,
    texture: content,
    optimised: true,
    optimisedTexels: 3,
    coveredTexels: 12,
    summary: '3 texels were optimised.',
    preset: 'draft',
    settings: {},
    seed: 7,
    backbone: 'inception-v3',
    provider: 'node',
    steps: [{ round: 1, scale: size, step: 1, losses: { total: 2, content: 0.5 } }],
    secondsPerScale: [{ round: 1, scale: size, setup: 0.12345, steps: 1.5 }],
    seconds: 1.62,
    gflop: 1,
  }
  return { capture, problem, refined }
}
