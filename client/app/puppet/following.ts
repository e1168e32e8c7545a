import type { ExpressionName, ExpressionWeights } from '../../head/expressions/names.ts'
import type { HeadAngles } from './head-angles.ts'

/** What a face does, or what a head is to do. */
export interface Acted {
  weights: ExpressionWeights
  angles: HeadAngles
}

export const atRest: Acted = { weights: {}, angles: { yaw: 0, pitch: 0, roll: 0 } }

/** Seconds in which two thirds of a way are gone: drawing is smooth between frames of the camera, and hardly late. */
const lag = 0.025

/**
 * From what was drawn towards what was tracked last.
 *
 * @param seconds since then
 * @returns `to` itself as soon as nobody would see a difference
 */
export function follow(from: Acted, to: Acted, seconds: number): Acted {
  if (from === to) return to
  const share = 1 - Math.exp(-seconds / lag)
  let isThere = true
  const between = (a = 0, b = 0) => {
    const value = a + share * (b - a)
    isThere &&= Math.abs(value - b) < 1e-3
    return value
  }
  const names = new Set([...Object.keys(from.weights), ...Object.keys(to.weights)]) as Set<ExpressionName>
  const weights: ExpressionWeights = {}
  for (const name of names) weights[name] = between(from.weights[name], to.weights[name])
  const angles = {
    yaw: between(from.angles.yaw, to.angles.yaw),
    pitch: between(from.angles.pitch, to.angles.pitch),
    roll: between(from.angles.roll, to.angles.roll),
  }
  return isThere ? to : { weights, angles }
}
