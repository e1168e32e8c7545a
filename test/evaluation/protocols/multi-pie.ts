import { capture } from '../../../client/capture/capture.ts'
import { decodePhoto } from '../../../client/cli/decode.ts'
import type { CasesOf } from '../context.ts'
import type { Pair } from '../data/multi-pie.ts'
import { regionsOf } from '../regions.ts'

/**
 * Sampled at one camera, compared at others, as the paper does: each other picture is laid out in UV by its own capture, and
 * the texels that it shows well are the truth.
 */
export const multiPieCases = (pairs: readonly Pair[]): CasesOf =>
  async function* (sample, { size, store }) {
    const pair = pairs.find(({ from }) => from.name === sample.name)
    const captured = await capture(await decodePhoto(sample.path), { store, size })
    for (const { camera, yaw, sample: other } of pair?.to ?? []) {
      const view = `compared at camera ${camera}`
      try {
        const seen = await capture(await decodePhoto(other.path), { store, size })
        const known = Uint8Array.from(seen.weight, (w) => (w > 0.5 ? 1 : 0))
        const truth = { mesh: seen.mesh, texture: seen.content, regions: regionsOf(captured, known) }
        yield { protocol: 'multi-pie', sample, view, yaw, mesh: 'own', capture: captured, truth }
      } catch (error) {
        yield { sample, view, message: (error as Error).message }
      }
    }
  }
