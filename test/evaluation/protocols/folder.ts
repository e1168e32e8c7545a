import { capture } from '../../../client/capture/capture.ts'
import { decodePhoto } from '../../../client/cli/decode.ts'
import type { CasesOf } from '../context.ts'
import { regionsOf } from '../regions.ts'
import type { Protocol } from '../types.ts'

/** Real photos as they are. Without a truth, unless --gt holds the complete texture in the face mesh's layout. */
export const photosOf = (protocol: Protocol): CasesOf =>
  async function* (sample, context) {
    const { size, store, truthFor } = context
    const photo = await decodePhoto(sample.path)
    const captured = await capture(photo, { store, size })
    const given = truthFor && (await truthFor(sample, size))
    const { mesh, coverage } = captured
    const truth = given && { mesh, texture: given, regions: regionsOf(captured, coverage) }
    yield { protocol, sample, view: 'as it is', yaw: null, mesh: 'own', capture: captured, truth, photo }
  }
