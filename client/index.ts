/**
 * FaceRefiner as a library: a face photo becomes a complete, photo-real texture on a 3D face, and a whole head around it.
 *
 * The same steps run in browsers and in Node; nothing is sent anywhere, only model files are fetched.
 *
 * @packageDocumentation
 * @example
 * import { capture, completeHead, refine, toGlb } from 'facerefiner'
 *
 * const face = await capture(photo)
 * const refined = await refine(face, { preset: 'draft' })
 * const head = await completeHead(face, refined)
 * const glb = await toGlb(head) // or the face alone: toGlb(face, refined)
 */

export { CaptureError } from './capture/capture-error.ts'
export type { WhichFace } from './capture/find/choose-face.ts'
export type { LocatedFace } from './capture/locate/locate-face.ts'
export type { CanonicalFace } from './capture/mesh/canonical.ts'
export { Evidence, type EvidenceValue } from './face/evidence.ts'
export type {
  BrushStroke,
  Camera,
  Capture,
  CaptureQuality,
  Cover,
  FaceBox,
  FaceView,
  Mesh,
  Pose,
  Unwrap,
} from './face/types.ts'
export type { HairChoice } from './head/complete-head.ts'
export type { HeadDoubt } from './head/doubts.ts'
export type { HeadTurn } from './head/expressions/expressed.ts'
export type { HeadMovement, Morph, Mouth, Movement, Pivots } from './head/expressions/movement.ts'
export {
  type ExpressionName,
  type ExpressionWeights,
  expressionNames,
  type VisemeName,
  visemes,
} from './head/expressions/names.ts'
export type { RestExpression } from './head/expressions/rest-expressions.ts'
export { type HairStyleName, hairStyles } from './head/hair/hair-style.ts'
export type { HairTexture } from './head/hair/hair-texture.ts'
export type { HeadHair } from './head/hair/strips.ts'
export type { HeadMesh } from './head/head-mesh.ts'
export type { Photo } from './image/photo.ts'
export {
  type CaptureOptions,
  capture,
  type Face,
  findFaces,
  type ModelOptions,
} from './library/capture.ts'
export { type GlbOptions, type PngOptions, toGlb, toObjZip, toPng, toUsdz } from './library/files.ts'
export {
  type CompleteHead,
  completeHead,
  type ExpressedHead,
  express,
  type HeadOptions,
} from './library/head.ts'
export type { PhotoSource, Pixels } from './library/photo-source.ts'
export type { ModelPlace } from './library/platform/platform.ts'
export { type RefinedFace, type RefineOptions, type RunRecord, refine } from './library/refine.ts'
export type { Checkpoint } from './refine/checkpoint.ts'
export { RefinementError } from './refine/refinement-error.ts'
export type { PresetName } from './refine/schedule.ts'
export type { LossName, Progress, Refined } from './refine/types.ts'
export type { TextureFormat } from './result/glb.ts'
export { ModelError } from './runtime/models.ts'
export { DeviceLostError, type Provider } from './runtime/runtime.ts'
