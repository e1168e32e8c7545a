import { z } from 'zod'
import { isPlainLine } from './plain-text.ts'

const share = z.number().min(0).max(1)
const seconds = z.number().nonnegative()
const count = z.number().int().nonnegative()
const line = (most: number) => z.string().max(most).refine(isPlainLine, 'It is no plain line of text.')
/** An id, a version, a name. */
const word = line(100)
const sentence = line(1000)
/** Few entries, counted before any of them is looked at: what is wrong with a million would take a gigabyte to say. */
const few = 200
const listOf = <Entry extends z.ZodType>(entry: Entry) => z.array(z.unknown()).max(few).pipe(z.array(entry))
const tableOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .record(z.string(), z.unknown())
    .refine((table) => Object.keys(table).length <= few, `It has more than ${few} entries.`)
    .pipe(z.record(word, entry))
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
    facerefiner: word,
    /** onnxruntime-web in browsers, onnxruntime-node in the terminal. */
    onnxruntime: word,
    /** @tensorflow/tfjs-core; null where the geometry was given and no capture model ran. */
    tfjs: word.nullable(),
  }),
  /** The model files that took part. */
  models: listOf(
    z.strictObject({
      id: word,
      version: word,
      files: listOf(z.strictObject({ file: line(200), sha256 })),
    }),
  ),
  preset: word,
  /** What was changed of the preset, by name (`official`, `remd`, ...). */
  settings: tableOf(line(200)),
  /** N: side of the texture in texels. */
  size: z.number().int().positive(),
  seed: count,
  /** Id of the backbone; null where nothing was optimised. */
  backbone: word.nullable(),
  /** Where the step graphs ran, and why there. */
  provider: z.enum(['webgpu', 'wasm', 'node']),
  reason: sentence,
  /** Did the initial texture come from outside (a generator's)? */
  external: z.boolean(),
  /** False where the photo left nothing to optimise: the texture is then the initial one. */
  optimised: z.boolean(),
  /** A sentence about what was done. */
  summary: sentence,
  /** Texels that were optimised (Refined.optimisedTexels). */
  optimisedTexels: count,
  /** Wall-clock seconds by stage, e.g. `decode`, `models`, `capture`, `problem`, `refine`. */
  seconds: tableOf(seconds),
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
      hair: word,
      /** Of the face at rest. Left out: of heads before they could move, as in the photo. */
      expression: z.enum(['photo', 'neutral']).optional(),
      /** Shoulders under the neck? Left out: of heads before one could do without them. */
      bust: z.boolean().optional(),
      /** Why `auto` left the face alone; null where it did not. */
      whyFaceAlone: sentence.nullable(),
      /** null: the face alone was made. */
      made: z
        .strictObject({
          /** The style of its hair; null: it is bald, or its hair is painted on it. */
          hair: word.nullable(),
          /** What makes it less sure. */
          doubts: listOf(sentence),
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
