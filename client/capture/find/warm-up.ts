import type { ModelStore } from '../../runtime/models.ts'
import { networks } from './tfjs.ts'

/** The capture's networks, and the pixels a side that they look at. */
const looks = [
  ['blazeface', 256],
  ['facemesh', 256],
  ['selfie', 256],
] as const

/**
 * Loads the networks of a capture and runs each once, so that the first photo does not wait for that. Each run is a task of its
 * own: a message that comes meanwhile waits for one of them at most.
 *
 * @param signal aborted as soon as there is something better to do
 * @throws ModelError where a file cannot be had
 */
export async function warmUpNetworks(store: ModelStore, signal?: AbortSignal): Promise<void> {
  const nets = await networks(store)
  for (const [id, side] of looks) {
    if (signal?.aborted) return
    await nets.run(id, new Float32Array(3 * side * side), side)
    await new Promise((resolve) => setTimeout(resolve))
  }
}
