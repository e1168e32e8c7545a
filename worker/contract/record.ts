import { z } from 'zod'

const share = z.number().min(0).max(1)
const seconds = z.number().nonnegative()
const count = z.number().int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const losses = z.partialRecord(
  z.enum(['total', 'content', 'remd', 'moments', 'colour', 'photometric']),
  z.number(),
)

/**
 * What is known about a run: enough to tell how a texture came about and to make it again. Plain JSON; holds nothing
 * of the photo but its size, no file name and no landmark.
 */
export const runRecord = z.strictObject({
  /** Version of this layout. */
  format: z.literal(1),
  versions: z.strictObject({
    facerefiner: z.string(),
    /** onnxruntime-web in browsers, onnxruntime-node in the terminal. */
    onnxruntime: z.string(),
    /** @tensorflow/tfjs-core; null where the geometry was given and no capture model ran. */
    tfjs: z.string().nullable(),
  }),
  /** The model files that took part. */
  models: z.array(
    z.strictObject({
      id: z.string(),
      version: z.string(),
      files: z.array(z.strictObject({ file: z.string(), sha256 })),
    }),
  ),
  preset: z.string(),
  /** What was changed of the preset, by name (`official`, `remd`, ...). */
  settings: z.record(z.string(), z.string()),
  /** N: side of the texture in texels. */
  size: z.number().int().positive(),
  seed: count,
  /** Id of the backbone; null where nothing was optimised. */
  backbone: z.string().nullable(),
  /** Where the step graphs ran, and why there. */
  provider: z.enum(['webgpu', 'wasm', 'node']),
  reason: z.string(),
  /** Did the initial texture come from outside (a generator's)? */
  external: z.boolean(),
  /** False where the photo left nothing to optimise: the texture is then the initial one. */
  optimised: z.boolean(),
  /** A sentence about what was done. */
  summary: z.string(),
  /** Texels that were optimised (Refined.optimisedTexels). */
  optimisedTexels: count,
  /** Wall-clock seconds by stage, e.g. `decode`, `models`, `capture`, `problem`, `refine`. */
  seconds: z.record(z.string(), seconds),
  /** Wall-clock seconds of each scale: making its graph and session, and its steps. */
  scales: z.array(
    z.strictObject({ round: count, scale: z.number().int().positive(), setup: seconds, steps: seconds }),
  ),
  /** Losses after each optimiser step; the names and units of refine/losses.ts. */
  losses: z.array(z.strictObject({ round: count, scale: z.number().int().positive(), step: count, losses })),
  photo: z.strictObject({ width: z.number().int().positive(), height: z.number().int().positive() }),
  /** Quality of the capture; logit and angles are null for a given mesh. */
  capture: z.strictObject({
    /** Face-flag logit of the landmark model; below 0 is not a face. */
    faceLogit: z.number().nullable(),
    /** Inter-ocular distance, photo pixels. */
    interOcular: z.number().nullable(),
    /** Degrees: yaw > 0 looks towards the image's right, pitch > 0 up, roll > 0 is clockwise. */
    yaw: z.number().nullable(),
    pitch: z.number().nullable(),
    roll: z.number().nullable(),
  }),
  /** Share of the covered texels by what they know; they add up to 1. */
  evidence: z.strictObject({ own: share, mirrored: share, none: share, external: share }),
  /** Same-pose re-render against the photo inside the mask, dB, at most 100; null where the mask is empty. */
  psnr: z.number().nullable(),
  /** The texture against what the photo shows, see visible-psnr.ts, dB, at most 100; null where nothing is visible. */
  visiblePsnr: z.number().nullable(),
  /** The PNG of the texture. */
  texture: z.strictObject({ sha256, bytes: count }),
  /** The rest of the head. Left out: of a mesh from elsewhere, and of runs before there were heads. */
  head: z
    .strictObject({
      /** What was asked for. */
      cover: z.enum(['auto', 'head', 'face']),
      /** `auto`, `photo`, `none` or a style. */
      hair: z.string(),
      /** Of the face at rest. Left out: of heads before they could move, as in the photo. */
      expression: z.enum(['photo', 'neutral']).optional(),
      /** Shoulders under the neck? Left out: of heads before one could do without them. */
      bust: z.boolean().optional(),
      /** Why `auto` left the face alone; null where it did not. */
      whyFaceAlone: z.string().nullable(),
      /** null: the face alone was made. */
      made: z
        .strictObject({
          /** The style of its hair; null: it is bald, or its hair is painted on it. */
          hair: z.string().nullable(),
          /** What makes it less sure. */
          doubts: z.array(z.string()),
          /** Share of the rest's texels by what they know; they add up to 1. */
          evidence: z.strictObject({ own: share, none: share }),
          /** The PNG of the texture of face and rest. */
          texture: z.strictObject({ sha256, bytes: count }),
        })
        .nullable(),
    })
    .optional(),
})
export type RunRecord = z.infer<typeof runRecord>
