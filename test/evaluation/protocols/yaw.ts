import { capture } from '../../../client/capture/capture.ts'
import type { CasesOf } from '../context.ts'
import { captureKnown, displaced, knownFace, photograph, relit } from '../known-face.ts'
import { regionsOf } from '../regions.ts'
import { seedOf } from '../seed.ts'
import type { Case } from '../types.ts'

/** Degrees that the head looks up in one more view. */
const pitch = 15

/**
 * The complete texture of a near-frontal portrait, photographed from other sides. With the true mesh at every angle; at the
 * middle ones (those of 30 to 40 degrees, else all) also with meshes that are off and with what the pipeline measures itself.
 */
export const yaw: CasesOf = async function* (sample, context) {
  const face = await knownFace(sample, context)
  const { angles, meshErrors, size, store } = context
  const middle = angles.filter((angle) => Math.abs(angle) >= 30 && Math.abs(angle) <= 40)
  for (const turn of [...angles.map((angle) => ({ yaw: angle, pitch: 0 })), { yaw: 0, pitch }]) {
    const name = turn.pitch ? `pitch ${turn.pitch}` : `yaw ${turn.yaw}`
    const seed = seedOf(`${sample.name} ${name}`)
    const lit = relit(face, seed)
    const shot = photograph(lit, turn, seed)
    const described = { protocol: 'yaw' as const, sample, yaw: turn.pitch ? null : turn.yaw }
    const truthFor = (captured: Case['capture']) => ({
      mesh: lit.mesh,
      texture: lit.texture,
      regions: regionsOf(captured, lit.known),
    })
    const straight = captureKnown(shot, lit, lit.mesh)
    const truth = truthFor(straight)
    yield { ...described, view: name, mesh: 'true', capture: straight, truth }
    if (turn.pitch || !(middle.length ? middle : angles).includes(turn.yaw)) continue
    for (const error of meshErrors) {
      const off = captureKnown(shot, lit, displaced(lit.mesh, error, seed))
      const mesh = `${+(100 * error).toFixed(1)}% off` as Case['mesh']
      yield { ...described, view: name, mesh, capture: off, truth }
    }
    try {
      const own = await capture(shot.photo, { store, size })
      yield { ...described, view: name, mesh: 'own', capture: own, truth }
    } catch (error) {
      yield { sample, view: `${name}, own capture`, message: (error as Error).message }
    }
  }
}
