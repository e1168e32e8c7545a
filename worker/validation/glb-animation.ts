import { limits } from '../limits.ts'
import { checkBounds, floats, type Glb, isWithin, refused } from './glb-file.ts'

const part = 'head.glb'
const { maxSeconds, maxFrames } = limits.parts[part].animation

/**
 * Checks that an animation, where there is one, is short and drives nothing but the morph targets of the meshes, with weights of 0
 * to 1, and the bones that may turn.
 *
 * @throws ValidationError
 */
export function checkAnimation(glb: Glb): void {
  const { scene } = glb
  const driven = new Set<string>()
  for (const { channels, samplers } of scene.animations ?? []) {
    for (const { sampler, target } of channels) {
      const { node, path } = target
      const isMesh = node < scene.meshes.length
      const isDrivable = path === 'weights' ? isMesh : !isMesh && scene.nodes[node]?.name !== 'Body'
      if (!samplers[sampler] || !scene.nodes[node] || !isDrivable || driven.has(`${node} ${path}`)) {
        throw refused(
          part,
          'glb-animation',
          `The animation of ${part} drives the ${path} of node ${node} by sampler ${sampler}: it may drive the weights of ` +
            'meshes and the rotation of Neck and Head, each once, by samplers that it has.',
        )
      }
      driven.add(`${node} ${path}`)
    }
    const paths = new Map(
      channels.map(({ sampler, target }) => [`${sampler} ${target.path}`, { sampler, path: target.path }]),
    )
    for (const { sampler, path } of paths.values()) {
      const { input, output } = samplers[sampler]
      const times = floats(glb, input, 'SCALAR')
      const frames = checkTimes(times)
      checkBounds(glb, scene.accessors[input], [times[0]], [times[frames - 1]])
      if (path === 'weights')
        checkWeights(floats(glb, output, 'SCALAR'), frames * scene.meshes[0].primitives[0].targets!.length)
      else checkTurns(floats(glb, output, 'VEC4'), frames)
    }
  }
}

/** @returns how many there are */
function checkTimes(times: Float32Array): number {
  const last = times[times.length - 1]
  if (times.length > maxFrames || !(last <= maxSeconds)) {
    throw refused(
      part,
      'glb-animation',
      `The animation of ${part} has ${times.length} frames and ends at ${last} s; ${maxFrames} frames and ${maxSeconds} s are taken.`,
      'Make it shorter.',
    )
  }
  for (let i = 0; i < times.length; i++) {
    if (times[i] >= 0 && (i === 0 || times[i] > times[i - 1])) continue
    throw refused(part, 'glb-animation', `The times of the animation of ${part} do not ascend from 0 on.`)
  }
  return times.length
}

function checkWeights(weights: Float32Array, expected: number): void {
  if (weights.length === expected && isWithin(weights, 0, 1)) return
  throw refused(
    part,
    'glb-animation',
    `The animation of ${part} must give each morph target a weight of 0 to 1 in each frame, ${expected} in all; it has ${weights.length}.`,
  )
}

/** A quaternion's length may differ so much from 1. */
const lengthTolerance = 1e-3

function checkTurns(turns: Float32Array, frames: number): void {
  let areTurns = turns.length === 4 * frames
  for (let i = 0; i < turns.length; i += 4) {
    const length = Math.sqrt(turns[i] ** 2 + turns[i + 1] ** 2 + turns[i + 2] ** 2 + turns[i + 3] ** 2)
    areTurns &&= Math.abs(length - 1) <= lengthTolerance
  }
  if (areTurns) return
  throw refused(
    part,
    'glb-animation',
    `The animation of ${part} must turn a bone by a quaternion of length 1 in each of ${frames} frames; it has ${turns.length / 4}.`,
  )
}
