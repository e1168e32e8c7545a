import { heldFrom } from '../face/confidence.ts'
import { Evidence } from '../face/evidence.ts'
import { texelUnit } from '../face/texel-unit.ts'
import { gaussianBlur } from '../image/blur.ts'
import { dilate } from '../image/morphology.ts'
import { fitExternal } from './external.ts'
import type { RefinementProblem } from './types.ts'

/** What a problem is made of: a Capture (face/types.ts), or anything of the same shape. */
export type ProblemSource = Omit<RefinementProblem, 'freedom' | 'external'>

/**
 * Texels at 256 px around eyes, brows and lips that stay as the content has them. Where neither side shows a feature, the
 * photo has none to learn from, and one made of what it does show came out further from the truth
 * (test/evaluation/decisions/style-on-unseen-texels.md).
 */
const featureMargin = 6

export interface ProblemOptions {
  /** N x N x 3, 0..1: a complete texture from elsewhere in the same UV layout. */
  content?: Float32Array
  /** Take all of `content` unchanged, as the official code does. */
  asIs?: boolean
  /**
   * N x N: not 0 where the UV layout holds the face, for layouts whose mesh covers more (a neck, ears). The rest is no part of
   * the problem.
   */
  fullMask?: Uint8Array
}

/**
 * States the refinement: what is held and what is free. Texels that the photo shows, on their own side or mirrored, are
 * evidence and stay as they are; the others are free but for eyes, brows and lips. With `content` every texel that the
 * photo itself does not show takes that texture, relit, and is free.
 *
 * @throws Error where `content` or `fullMask` has another size than the capture, or `fullMask` leaves nothing
 */
export function problem(given: ProblemSource, options: ProblemOptions = {}): RefinementProblem {
  const source = options.fullMask ? within(options.fullMask, given) : given
  const { size, sampled, weight, coverage, features, covered, symmetric, mesh, view } = source
  const { content: external, asIs = false } = options
  if (external && external.length !== size * size * 3) {
    throw new Error(
      `The content texture has ${external.length} values; a ${size} px capture needs ${size * size * 3}.`,
    )
  }
  const common = { size, sampled, weight, coverage, features, covered, symmetric, mesh, view }
  if (external) {
    const evidence = source.evidence.map((value, i) =>
      coverage[i] && value !== Evidence.own ? Evidence.external : value,
    )
    return {
      ...common,
      content: asIs ? external : fitExternal(external, source.content, source),
      evidence,
      // What the composite holds at the photo's value stays held.
      freedom: Float32Array.from(weight, (w, i) =>
        coverage[i] ? Math.max(0, 1 - w / (asIs ? 1 : heldFrom)) : 0,
      ),
      external: true,
    }
  }
  return {
    ...common,
    content: source.content,
    evidence: source.evidence,
    freedom: freedomOf(source),
    external: false,
  }
}

function within(fullMask: Uint8Array, source: ProblemSource): ProblemSource {
  const { coverage, weight, evidence, size } = source
  if (fullMask.length !== coverage.length) {
    throw new Error(
      `The full-face mask has ${fullMask.length} values; a ${size} px texture needs ${size * size}.`,
    )
  }
  const inside = coverage.map((covered, i) => (covered && fullMask[i] ? 1 : 0))
  if (!inside.includes(1)) {
    throw new Error(
      'The full-face mask leaves nothing of the mesh: paint white where the UV layout holds the face.',
    )
  }
  return {
    ...source,
    coverage: inside,
    weight: weight.map((w, i) => w * inside[i]),
    evidence: evidence.map((value, i) => (inside[i] ? value : Evidence.none)),
  }
}

/**
 * 1 on texels without evidence that are no feature, with a soft rim of about one texel on either side: a hard edge would
 * show as a line where the optimised grain meets the photo's.
 */
function freedomOf({ size, evidence, coverage, weight, features }: ProblemSource): Float32Array {
  const held = dilate(features, size, size, featureMargin * texelUnit(size))
  const none = evidence.map((value, i) => (coverage[i] && value === Evidence.none && !held[i] ? 1 : 0))
  if (!none.includes(1)) return new Float32Array(size * size)
  const grown = Float32Array.from(dilate(none, size, size, 1))
  const soft = gaussianBlur(grown, size, size, 1, texelUnit(size))
  return soft.map((value, i) => (coverage[i] ? Math.min(value, none[i] ? 1 : 1 - weight[i]) : 0))
}
