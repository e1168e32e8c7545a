import type { Unwrap } from '../../../../client/face/types.ts'
import { smoothstep } from '../../../../client/image/smoothstep.ts'

/**
 * A made-up face: an ellipsoid's front in an elliptic chart, freckled skin with dark eyes, brows and red lips, a mole on
 * one cheek only, lit from the side, turned by `yaw` degrees away from the viewer.
 */
export function madeUpFace({ size = 128, yaw = 40, light = 0.9, symmetric = true } = {}) {
  const texels = size * size
  const truth = new Float32Array(texels * 3)
  const unwrap: Unwrap = {
    size,
    coverage: new Uint8Array(texels),
    sampled: new Float32Array(texels * 3),
    weight: new Float32Array(texels),
    normals: new Float32Array(texels * 3),
    features: new Uint8Array(texels),
    symmetric,
  }
  const turn = (yaw * Math.PI) / 180
  for (let i = 0; i < texels; i++) {
    const a = (((i % size) + 0.5) / size) * 2 - 1
    const b = ((Math.floor(i / size) + 0.5) / size) * 2 - 1
    if (Math.hypot(a / 0.95, b / 0.95) >= 1) continue
    unwrap.coverage[i] = 1
    const normal = [Math.sin(a * 1.5) * Math.cos(b), Math.sin(-b), Math.cos(a * 1.5) * Math.cos(b)]
    unwrap.normals.set(normal, i * 3)
    const eye = Math.hypot(Math.abs(a) - 0.36, (b + 0.25) * 1.6) < 0.1
    const brow = Math.abs(Math.abs(a) - 0.36) < 0.16 && Math.abs(b + 0.48) < 0.04
    const lips = Math.hypot(a / 0.25, (b - 0.45) / 0.08) < 1
    unwrap.features[i] = eye || brow || lips ? 1 : 0
    const mirroredColumn = Math.abs(a)
    const freckle = 0.12 * Math.sin(mirroredColumn * 61) * Math.sin(b * 53 + mirroredColumn * 9)
    const mole = Math.hypot(a - 0.4, b - 0.1) < 0.04 ? -0.9 : 0
    const base = eye || brow ? [3.2, 3.1, 3.0] : lips ? [4.5, 3.8, 3.9] : [4.6, 4.3, 4.1]
    for (let c = 0; c < 3; c++) {
      const log = base[c] + freckle + mole + light * normal[0] * (1 - 0.1 * c) - 0.4 * (1 - normal[2])
      truth[i * 3 + c] = Math.min(1, Math.max(0.01, (Math.exp(log) - 8) / 255))
    }
    const towardsViewer = normal[2] * Math.cos(turn) - normal[0] * Math.sin(turn)
    unwrap.weight[i] = smoothstep(0.22, 0.5, towardsViewer)
    if (unwrap.weight[i] > 0) for (let c = 0; c < 3; c++) unwrap.sampled[i * 3 + c] = truth[i * 3 + c]
  }
  return { unwrap, truth, hidden: unwrap.weight.map((w, i) => (unwrap.coverage[i] && w < 0.1 ? 1 : 0)) }
}
