/** What travels through an evaluation: cases to solve, rows of results, pictures to look at. */

import type { Capture, Mesh } from '../../client/face/types.ts'
import type { Photo } from '../../client/image/photo.ts'

export const protocols = ['yaw', 'occlusion', 'scan', 'folder', 'multi-pie', 'celeba', 'ffhq'] as const
export type Protocol = (typeof protocols)[number]

/** A photo of a data set. */
export interface Sample {
  /** Unique within the data set, fit for a file name: `portrait-1`, `001_01_01_051_06`. */
  name: string
  /** Who it shows, where the data set tells; else the name. Intervals are drawn over subjects. */
  subject: string
  /** Path of the image file. */
  path: string
}

/**
 * Where a texture is compared with the truth; only texels that the truth really knows count. `visible`: the pipeline's
 * photo shows them (weight > 0.5); `invisible`: it does not (weight < 0.1); `unseen`: nor does it show their mirror image.
 */
export const textureRegions = ['whole', 'visible', 'invisible', 'unseen'] as const
export type TextureRegion = (typeof textureRegions)[number]

/**
 * Pictures that are compared instead: the result on its own mesh beside the truth on the true one, `frontal` and `turned` by
 * 30 degrees to the side that the photo shows less of (views.ts).
 */
export const viewRegions = ['frontal', 'turned'] as const
export type ViewRegion = (typeof viewRegions)[number]

export const regions = [...textureRegions, ...viewRegions] as const
export type Region = (typeof regions)[number]

export interface Truth {
  /** The mesh that the texture belongs on, with the vertices of the case's mesh. */
  mesh: Mesh
  /** Vertices that views are framed by, n x 3. Left out: all of the mesh. */
  framed?: Float32Array
  /** N x N x 3, sRGB-encoded, 0..1, in the layout of the case's mesh. */
  texture: Float32Array
  /** N x N per region, 1 where it is scored. Regions of next to nothing are left out. */
  regions: Partial<Record<TextureRegion, Uint8Array>>
}

/** One view of one face: what the pipeline gets to see, and what is known of the truth. */
export interface Case {
  protocol: Protocol
  sample: Sample
  /** What was done to it, for tables: `yaw 35`, `glasses, yaw -20`. */
  view: string
  /** Degrees that the head is turned by in the picture; null where that is not set by the protocol. */
  yaw: number | null
  /**
   * `true`: the mesh and camera that the picture was rendered with; `2% off`: that mesh with an error, of the distance of the
   * outer eye corners; `own`: what the pipeline found itself.
   */
  mesh: 'true' | `${number}% off` | 'own'
  capture: Capture
  truth: Truth | null
  /** Whose identity counts where there is no truth. */
  photo?: Photo
}

/** One number that a metric could not give (no truth, no model file, empty region) is null. */
type Score = number | null

/** One row of report/summary.json. */
export interface Row {
  protocol: Protocol
  photo: string
  subject: string
  view: string
  yaw: Score
  mesh: Case['mesh']
  /** Which initial texture the method began with: `ours`, `generator-like`, `external`, or `none` for finished textures. */
  start: string
  method: string
  region: Region
  /** How many texels (of a view: pixels) were scored; 0 where there is no truth. */
  texels: number
  /** dB */
  psnr: Score
  /** -1..1 */
  ssim: Score
  /** 0 is equal; the whole image's, with the truth beside the region (metrics/lpips.ts). */
  lpips: Score
  /** Cosine, -1..1: frontal render of the result against the truth's, or against the photo where there is no truth. */
  identity: Score
  /** The same, the head turned by 30 degrees to the side that the photo shows less of; null with a truth. */
  identityTurned: Score
  /** Without a truth (metrics/plain.ts): gradient energy of the unseen part over the seen part's. */
  sharpness: Score
  /** Step along the border between seen and unseen over the usual step between neighbours. */
  seam: Score
  /** Mean absolute left-right difference, 0..1. */
  asymmetry: Score
  /** Seconds that the method took, without the capture. */
  seconds: number
  /** 1e9 floating-point operations of the optimisation's graphs; 0 where none ran. */
  gflop: number
}

/** A picture for the report's contact sheets. */
export interface Picture {
  label: string
  width: number
  height: number
  /** height x width x 3, sRGB-encoded, 0..1. */
  rgb: Float32Array
}

/** All pictures of one case: one row a method, every row with the same columns. */
export interface Sheet<P = Picture> {
  photo: string
  view: string
  protocol: Protocol
  mesh: Case['mesh']
  rows: { method: string; start: string; pictures: P[] }[]
}

/** A sheet as the report keeps it: some hundred times smaller than the pictures. */
export interface KeptSheet extends Sheet<Omit<Picture, 'rgb'> & { webp: Buffer }> {
  /** Fit for a file, different for each sheet: `yaw-portrait-1-yaw-35`. */
  name: string
}

/** What report/ writes. */
export interface Report {
  /** The command line as it was given, and when (ISO 8601). */
  command: string
  date: string
  size: number
  /** How many photos of each protocol the rows and failures are of, and how many the run is to do. */
  photos: { protocol: Protocol; done: number; of: number }[]
  rows: Row[]
  sheets: KeptSheet[]
  /** Photos or cases that failed, with the sentence. They come first in the report. */
  failures: { photo: string; view: string; message: string }[]
}
