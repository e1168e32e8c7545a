import type { Provider } from '../runtime/runtime.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { UvMesh } from './vertex-renderer.ts'

/** What the optimisation is asked to do, independent of where the data came from. All images: row-major, interleaved. */
export interface RefinementProblem {
  /** N: side of the texture in texels. */
  size: number
  /** N x N x 3, sRGB-encoded, 0..1: the initial complete texture (I_C), already relit and composited. */
  content: Float32Array
  /** N x N x 3, sRGB-encoded, 0..1: the photo in UV (I_S). */
  sampled: Float32Array
  /** N x N, 0..1: confidence of `sampled`. */
  weight: Float32Array
  /** N x N: 0 none, 1 own, 2 mirrored, 3 external (see face/evidence.ts). */
  evidence: Uint8Array
  /** N x N: 1 on the mesh. */
  coverage: Uint8Array
  /** N x N, 0..1: how much of the optimised texture a texel takes; 0 = locked to `content`. */
  freedom: Float32Array
  /** N x N: 1 on eyes, brows and lips, which are made of their own kind alone; all 0 where that is not known. */
  features: Uint8Array
  /** N x N: 1 where something covers the face: no style for skin. Left out: nowhere. */
  covered?: Uint8Array
  /** Is u -> 1 - u a symmetry of the UV layout? Then left-right flips are valid style samples. */
  symmetric: boolean
  /** The mesh in UV space: what the official renderer interpolates over. */
  mesh: UvMesh
  /** What the photometric term compares: see FaceView of face/types.ts. */
  view: { size: number; photo: Float32Array; uv: Float32Array; mask: Float32Array }
  /** True where `content` came from outside (a generator's): it is already relit, and its low frequencies are locked. */
  external: boolean
}

export type LossName = 'total' | 'content' | 'remd' | 'moments' | 'colour' | 'photometric'

/** After every optimiser step. */
export interface Progress {
  round: number
  rounds: number
  /** Texels per side at this scale, and which of how many. */
  scale: number
  scaleIndex: number
  scales: number
  step: number
  steps: number
  /** 0..1 over the whole run. */
  fraction: number
  losses: Partial<Record<LossName, number>>
  secondsElapsed: number
  /** Estimated from the steps so far, and never more than before; null before the first of a scale has run. */
  secondsLeft: number | null
  /** The current texture (N x N x 3, 0..1) when one was due (`RefineOptions.previewSeconds`). */
  texture?: Float32Array
  /** Where to go on from (`RefineOptions.from`), when one was due (`RefineOptions.checkpointSeconds`). */
  checkpoint?: Checkpoint
}

/** What a run is at between steps, each time for a second or some. */
export type RefineStage = 'Loading the network' | 'Looking at the skin' | 'Building the steps'

export interface RefineOptions {
  seed?: number
  /** Called as each stage begins; the step that follows ends it. */
  onStage?: (stage: RefineStage) => void
  /** Optimise every texel, also those locked to evidence. */
  full?: boolean
  /** At most this often a Progress carries the texture. Default: never. */
  previewSeconds?: number
  /** At most this often a Progress carries a checkpoint. Default: never. */
  checkpointSeconds?: number
  /** Goes on with a run that ended early. On the same provider the texture is that of the uninterrupted run. */
  from?: Checkpoint
}

export interface Refined {
  size: number
  /** N x N x 3, sRGB-encoded, 0..1. */
  texture: Float32Array
  /** False where the photo left nothing to optimise: `texture` is then the initial texture. */
  optimised: boolean
  /** How many texels were optimised (freedom above 0.05); 0 where nothing was. */
  optimisedTexels: number
  /** How many texels lie on the mesh. */
  coveredTexels: number
  /** A sentence about what was done ("2,310 texels (3%) that no side of the photo shows were optimised."). */
  summary: string
  preset: string
  /** What was changed of it, by name. */
  settings: Readonly<Record<string, string>>
  seed: number
  backbone: string | null
  provider: Provider
  /** One row per optimiser step. */
  steps: { round: number; scale: number; step: number; losses: Partial<Record<LossName, number>> }[]
  secondsPerScale: { round: number; scale: number; setup: number; steps: number }[]
  seconds: number
  /** 1e9 floating-point operations of the steps taken here, without what is computed once a scale. */
  gflop: number
}
