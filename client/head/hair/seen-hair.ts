/** What the photo shows of a person's hair. */

import type { Capture } from '../../face/types.ts'
import { toLog } from '../../image/log-texture.ts'
import { maskWhere } from '../../image/texels.ts'
import type { HeadMesh } from '../head-mesh.ts'
import type { HeadSight } from '../sight.ts'
import { textureSides } from '../texture-sides.ts'
import { type FaceHair, faceHair } from './face-hair.ts'
import type { HairColour } from './hair-colour.ts'
import { type HairLikeness, hairJudge, type Look, lookOf } from './painted-likeness.ts'

export interface SeenHair {
  colour: HairColour
  /** 0 (frizz, curls) to 1, see `straightness`; null: nothing is known. */
  straight: number | null
  /** N x N each: where the rest of the head is like this hair. */
  likeness: HairLikeness
  /** 0..1: how far hair and skin can be told apart. */
  sure: number
  /** What of it comes over the face; null: nothing. */
  onFace: FaceHair | null
}

/**
 * @param log N x N x 3: what the photo shows of the rest, log domain
 * @param straight of `straightness`, null: nothing is known
 * @returns null where there is no hair
 */
export function seenHair(
  head: HeadMesh,
  capture: Capture,
  sight: HeadSight,
  log: Float32Array,
  straight: number | null,
): SeenHair | null {
  const { hair: colour, unwrap } = sight
  if (!colour) return null
  const { size, weight } = unwrap
  const face = faceLook(capture)
  const look = lookOf({ size, log, weight, side: textureSides.rest })
  const { sure, judge } = hairJudge(
    { look: face, mask: faceSkin(capture) },
    { look, mask: scalpHair(sight, head) },
    colour,
  )
  const likeness = withShown(judge(look), sight.shownHair)
  return { colour, straight, likeness, sure, onFace: faceHair(capture, judge(face)) }
}

/** A bright strand is like skin by itself; what lies around it tells that it is hair. */
function withShown({ hair, either }: HairLikeness, shown: Float32Array | null): HairLikeness {
  const most = (values: Float32Array) =>
    shown ? values.map((value, i) => Math.max(value, shown[i])) : values
  return { hair: most(hair), either: most(either) }
}

/** The face with the hair over it, as far as it is seen at all. */
function faceLook({ size, sampled, weight, grazing }: Capture): Look {
  const seen = grazing ?? { sampled, weight }
  return lookOf({ size, log: toLog(seen.sampled), weight: seen.weight, side: textureSides.face })
}

/** N x N, 1 on the face's plain skin. */
function faceSkin({ weight, features }: Capture): Uint8Array {
  return maskWhere(weight.length, (i) => weight[i] > 0.6 && !features[i])
}

/** N x N, 1 on what is seen of the scalp and not like skin. */
function scalpHair({ unwrap, layout, likeness, isScalp }: HeadSight, head: HeadMesh): Uint8Array {
  const hair = new Uint8Array(likeness.length)
  for (let i = 0; i < hair.length; i++)
    if (unwrap.weight[i] > 0.5 && likeness[i] < 0.3 && isScalp(head.triangles[3 * layout.triangle[i]]))
      hair[i] = 1
  return hair
}
