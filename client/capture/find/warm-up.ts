import type { ModelStore } from '../../runtime/models.ts'
import { inputSide } from './detect.ts'
import { landmarkInput } from './landmarks.ts'
import { personInput } from './segment.ts'
import { networks } from './tfjs.ts'

/** Networks and the sides of the images that they take. */
const inputs = { blazeface: inputSide, facemesh: landmarkInput, selfie: personInput }

/** Loads the networks of a store and lets each see nothing, so that the first photo finds them running. */
export async function warmUp(store: ModelStore): Promise<void> {
  const nets = await networks(store)
  for (const [id, side] of Object.entries(inputs)) await nets.run(id, new Float32Array(3 * side * side), side)
}
