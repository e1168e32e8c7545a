import { initialTexture } from '../../client/capture/complete/initial.ts'
import { texelSources } from '../../client/capture/unwrap/texel-sources.ts'
import { Evidence } from '../../client/face/evidence.ts'
import type { Capture } from '../../client/face/types.ts'
import { composeGradients } from '../../client/image/gradients.ts'
import { fromLog, toLog } from '../../client/image/log-texture.ts'
import { padTexture } from '../../client/image/pad.ts'
import { solveScreenedPoisson } from '../../client/image/poisson.ts'

/**
 * The plain fill: the smoothest surface through what the photo shows (no mirror, no prior), in the log domain.
 *
 * @param over the texture whose texels without any evidence are replaced; null: all that the photo does not show is filled
 * @returns N x N x 3, 0..1
 */
export function membrane(capture: Capture, over: Float32Array | null): Float32Array {
  const { size, coverage, sampled, weight, evidence } = capture
  const { fixed, source } = texelSources(capture)
  const hold = over ? evidence.map((value) => (value === Evidence.none ? 0 : 1)) : fixed
  const values = toLog(over ?? sampled)
  const gradients = composeGradients(size, [
    { texture: values, knows: (i) => (over ? hold[i] === 1 : source[i] === Evidence.own) },
  ])
  const image = { width: size, height: size, channels: 3, domain: coverage, fixed: hold, values }
  // Where the whole texture is loose (nothing is held) the solver asks for a mean: the own initial texture has one.
  const initial = over ? values : toLog(initialTexture(capture, { method: 'mirror' }).content)
  const filled = solveScreenedPoisson({ ...image, ...gradients, initial })
  const texture = filled.map((value, k) => {
    const i = Math.floor(k / 3)
    const fill = Math.min(1, Math.max(0, fromLog(value)))
    if (over) return hold[i] ? over[k] : fill
    return fill * (1 - weight[i]) + sampled[k] * weight[i]
  })
  return padTexture(texture, size, coverage)
}
