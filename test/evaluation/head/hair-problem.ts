import { Evidence } from '../../../client/face/evidence.ts'
import type { HeadMesh } from '../../../client/head/head-mesh.ts'
import type { HeadSight } from '../../../client/head/sight.ts'
import { padTexture } from '../../../client/image/pad.ts'
import { problem } from '../../../client/refine/problem.ts'
import type { RefinementProblem } from '../../../client/refine/types.ts'

/** What nobody renders: the photometric term is left to presets that weigh it. */
const noView = {
  size: 1,
  photo: new Float32Array(3),
  uv: new Float32Array(2),
  mask: new Float32Array(1),
}

/**
 * The refinement of painted hair: hair that the photo shows is held and is the style, all other hair is free. Skin is no part
 * of it.
 *
 * @param hair N x N, not 0 where the head has hair
 * @param own N x N, 0..1: how far the photo shows it
 * @param content N x N x 3, sRGB-encoded, 0..1: with the hair that is painted
 */
export function hairProblem(
  head: HeadMesh,
  { unwrap }: HeadSight,
  { hair, own, content }: { hair: ArrayLike<number>; own: Float32Array; content: Float32Array },
): RefinementProblem {
  const { size, sampled, symmetric } = unwrap
  const coverage = unwrap.coverage.map((on, i) => (on && hair[i] ? 1 : 0))
  const posed = problem({
    ...{ size, sampled, symmetric, coverage, view: noView },
    content: padTexture(content, size, coverage),
    weight: own.map((w, i) => w * coverage[i]),
    evidence: coverage.map((on, i) => (on && own[i] > 0.5 ? Evidence.own : Evidence.none)),
    features: new Uint8Array(coverage.length),
    mesh: {
      uv: head.uv.map((value, i) => (i % 2 ? value : 2 * value - 1)),
      triangles: head.triangles.subarray(3 * head.faceTriangles),
    },
  })
  // What is made of skin is made of its plainest part, and held to its detail; hair may be as strong as any that is seen.
  return { ...posed, features: coverage }
}
