import type { RunRecord } from '../../worker/contract/record.ts'
import type { CaptureStage } from '../capture/capture.ts'
import type { Camera, Capture, FaceBox, Mesh } from '../face/types.ts'
import type { HairChoice, Head } from '../head/complete-head.ts'
import type { HeadMovement } from '../head/expressions/movement.ts'
import type { RestExpression } from '../head/expressions/rest-expressions.ts'
import type { Checkpoint } from '../refine/checkpoint.ts'
import type { Progress, Refined, RefineStage } from '../refine/types.ts'
import type { FaceExport } from '../result/export-face.ts'
import type { HeadExport } from '../result/export-head.ts'
import type { TextureSize } from '../run/choices.ts'
import type { RunsOn } from '../runtime/runs-on.ts'
import type { HeadChoice, PresetName } from './choices.ts'
import type { Arrival } from './downloads.ts'
import type { Flaws } from './photo/flaws.ts'
import type { Stroke } from './photo/strokes.ts'
import type { Pixels } from './pixels.ts'
import type { Crop } from './viewer/clip.ts'
import type { Hair } from './viewer/drawing.ts'
import type { View } from './viewer/orbit.ts'

// What travels between the page and its workers: what each worker answers to, and the data that it takes and gives.

/** Where photos are opened, faces found and captures made. */
export interface CaptureWorker {
  /** Starts what finding and measuring a face and making its head takes, if all its files are kept here: nothing is downloaded. */
  warmUp(): Promise<void>
  /** Downloads what finding and measuring a face takes, and first tells all that the way to a result will. */
  fetchFiles(report: CaptureReport): Promise<void>
  /** Answers as soon as its thread is free. */
  answer(): void
  /** Decodes the file and keeps it. A file that can't be read leaves the photo before it in place. */
  open(file: Blob, name: string): Promise<OpenedPhoto>
  /** A copy of an image file, turned clockwise. @param turns quarters @throws CaptureError */
  turned(file: Blob, name: string, turns: number): Promise<Blob>
  /**
   * The faces of the opened photo, largest first, at least one.
   * @throws CaptureError `no-face`, `part-of-face`
   */
  findFaces(report: CaptureReport): Promise<FaceBox[]>
  /** @param to gets what was {@link Measured}: the refine worker's end of a channel */
  capture(request: CaptureRequest, report: CaptureReport, to?: MessagePort): Promise<SeenFace>
  /**
   * The whole head of a face of the opened photo, which is measured again where another was looked at last. Downloads what it
   * lacks.
   * @throws ModelError where the head's or the hair's files cannot be had
   */
  head(request: HeadRequest, report: CaptureReport): Promise<SeenHead>
  /** The same, only to be looked at. */
  look(request: LookRequest, report: CaptureReport): Promise<SeenLook>
}

export interface LookRequest extends HeadChoice {
  of: CaptureRequest
  /** The face's texture, `of.size` texels a side. */
  texture: Pixels
}

export interface HeadRequest extends LookRequest {
  /** Of the run that made the texture. */
  record: RunRecord
}

/** What is drawn of a whole head. */
export type SeenLook = Pick<SeenHead, 'mesh' | 'texture' | 'hair'>

/** What the page shows of a whole head, and makes its files of. */
export type SeenHead = Pick<Head, 'hair' | 'doubts'> & {
  mesh: Mesh
  /** Twice as wide as high (`headAtlas`). */
  texture: Pixels
  /** The same as a PNG file. */
  png: Uint8Array<ArrayBuffer>
  /** The run's, with what there is to say of the head: JSON. */
  record: string
  /** What was asked for. */
  choice: HairChoice
  /** Which hair it has. Left out: of heads that were kept before it was told, a style or none. */
  made?: Head['made']
  /** What moves it. Left out: of heads that were kept before they could. */
  movement?: Head['movement']
  /** Left out: yes (of heads that were kept before one could do without it). */
  bust?: boolean
  /** Left out: as in the photo (of heads that were kept before it could be another). */
  expression?: RestExpression
  /** `Evidence` of each texel. Left out: of heads that were kept before it was. */
  evidence?: Uint8Array
}

/** What the capture worker hands to the refine worker, past the page. */
export interface Measured {
  capture: Capture
  /** Wall-clock seconds. */
  seconds: { decode: number; capture: number }
}

export interface OpenedPhoto {
  width: number
  height: number
  greyscale: boolean
}

export interface CaptureRequest {
  face: FaceBox
  strokes: readonly Stroke[]
  size: number
}

/** What the page shows of a capture. The large arrays stay with the workers. */
export type SeenFace = Pick<Capture, 'landmarks' | 'mesh' | 'camera' | 'quality' | 'cover'> & {
  crop: Crop
  /** The texture before refining. */
  initial: Pixels
  /** What another picture would do better. */
  flaws: Flaws
  /** `Evidence` of each texel. Left out: of faces that were kept before it was. */
  evidence?: Uint8Array
}

/** `arrived`: of files that are being downloaded, or that are known to come. */
export type CaptureReport = (news: { stage: CaptureStage } | { arrived: Arrival[] }) => void

/** Where faces are refined, one at a time: a pause is not asking for the next step. */
export interface RefineWorker {
  /**
   * Starts what computes, and tells nothing.
   *
   * @param asked `fetching`: what a run takes is downloaded first where it lacks; else nothing is, nor is anything started then
   */
  warmUp(asked: { fetching: boolean }): Promise<void>
  /**
   * Downloads all that a run takes and starts what computes.
   *
   * @returns how long runs will take on this device, estimated by a quarter of a second of computing
   */
  getReady(report: RefineReport): Promise<Estimate>
  /**
   * @param from where the capture comes from: the capture worker's end of a channel
   * @returns what it runs on, and why
   */
  start(request: RefineRequest, report: RefineReport, from: MessagePort): Promise<RunsOn>
  /** One optimiser step, or the result where there is none left. */
  next(): Promise<StepNews>
  /** Ends the run, which frees what the device holds. */
  stop(): Promise<void>
}

/** Seconds that each preset takes at each texture size. */
export type Estimate = Record<PresetName, Record<TextureSize, number>>

export interface RefineRequest {
  preset: PresetName | 'instant'
  seed: number
  /** Goes on from here. */
  from?: Checkpoint
  /** What its checkpoints are kept with, see kept-run.ts; null: none are kept. */
  keep: string | null
  /** Is none but its last texture shown? */
  unseen?: boolean
}

export type StepNews = StepTaken | ({ finished: true } & Finished)

export interface StepTaken {
  finished: false
  progress: ShownProgress
  pixels: Pixels | null
  /** Devices lost so far, after each of which the run went on. */
  losses: number
}

/** A step's progress without the large arrays. */
export type ShownProgress = Omit<Progress, 'texture' | 'checkpoint'>

export interface Finished {
  refined: Omit<Refined, 'texture'>
  /** The last runtime: a lost device is replaced. */
  runsOn: RunsOn
  pixels: Pixels
  /** `sampled`: what a shared result is checked against, see sampled-png.ts. */
  files: Record<'png' | 'glb' | 'sampled', Uint8Array<ArrayBuffer>> & { record: string }
}

/** What the refine worker is at between steps. */
export type ComputeStage = RefineStage | 'Starting the computation' | 'Trying how fast this device is'

export type RefineReport = (news: { arrived: Arrival[] } | { stage: ComputeStage }) => void

/** Where files of other sizes are made: enlarging and packing a texture takes a second that the page must not wait for. */
export interface ExportWorker {
  face(wanted: Omit<FaceExport, 'codec'>): Promise<Record<'png' | 'file', Uint8Array<ArrayBuffer>>>
  head(wanted: WantedHead): Promise<Record<'png' | 'file', Uint8Array<ArrayBuffer>>>
}

/** `size`: rows of the texture that is written. */
export type WantedHead = Omit<HeadExport, 'texture' | 'codec'> & Pick<SeenHead, 'texture'>

/** Where faces are drawn; pictures travel as ImageBitmaps, without a copy. */
export interface RendererWorker {
  setMesh(mesh: Mesh, whole: boolean): void
  /** What grows on it; null: nothing. */
  setHair(hair: Hair | null): void
  /** Of the mesh and the hair that are set; null: they stay at rest. A new mesh has none until it is set. */
  setMovement(movement: HeadMovement | null): void
  /** @param evidence of each texel of the face: what nothing is known of can be made to glow */
  setComing(evidence: Uint8Array): void
  /** @param evidence of each texel, to be drawn in the texture's place; null: the texture itself */
  addTexture(key: number, pixels: Pixels, evidence: Uint8Array | null): void
  removeTexture(key: number): void
  /** @param fading a texture that is still to be seen over it, and how much of that, 0..1 */
  fromOrbit(
    key: number,
    width: number,
    height: number,
    view: View,
    fading: { key: number; share: number } | null,
  ): ImageBitmap
  overPhoto(key: number, side: number, camera: Camera, crop: Crop): ImageBitmap
}
