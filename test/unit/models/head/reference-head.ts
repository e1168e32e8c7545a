import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { landmarksOn, readCorrespondence } from '../../../../models/head/correspondence.ts'
import { readHuman, referenceBody } from '../../../../models/head/make-human.ts'
import { type Remainder, remainderOf } from '../../../../models/head/remainder.ts'

/** The head that everything is placed on, out of the package. */
export async function referenceHead(): Promise<{
  canonical: CanonicalFace
  /** 468 x 3 */
  landmarks: Float64Array
  remainder: Remainder
}> {
  const human = await readHuman()
  const body = referenceBody(human)
  const landmarks = landmarksOn(body, readCorrespondence())
  const canonical = await canonicalFace(diskStore())
  return { canonical, landmarks, remainder: remainderOf(body, human.triangles, landmarks, canonical) }
}
