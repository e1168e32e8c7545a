import type { FaceBox } from '../face/types.ts'
import type { TextureFormat } from '../result/glb.ts'
import type { RunsOn } from '../runtime/runs-on.ts'
import type { PresetName, TextureSize } from './choices.ts'
import type { LastFace } from './kept-face.ts'
import type { Kept } from './kept-run.ts'
import type { ComputeStage, Estimate, SeenFace, ShownProgress } from './messages.ts'
import type { OpenPhoto } from './photo/open-photo.ts'
import type { Stroke } from './photo/strokes.ts'
import type { Pixels } from './pixels.ts'
import type { Result } from './result.ts'
import type { Sharing } from './sharing/sharing.ts'
import type { Language } from './texts/index.ts'
import type { ViewName } from './viewer/orbit.ts'

/** Something under way: words and, where it is known, how far (0..1). */
export interface Work {
  words: string
  fraction: number | null
  /** Does it wait for downloads? Then these are shown instead while some are under way. */
  waits?: boolean
}

/** Bytes of all that has to be downloaded. */
export interface Transfer {
  loaded: number
  total: number
}

export interface Run {
  paused: boolean
  /** null until it is chosen. */
  runsOn: RunsOn | null
  progress: ShownProgress | null
  /** Seconds left; never more than was said before. null: not known yet. */
  secondsLeft: number | null
  /** Does it take so much longer than was said that no number is better? */
  late: boolean
}

/** What the result is compared with. */
export type Comparing = 'photo' | 'initial' | 'run'

/** What lies over the page. */
export type Dialog = 'download' | 'share'

/** Everything the page shows. One object, changed in journey.ts only. */
export interface State {
  stage: 'photo' | 'camera' | 'found' | 'refining' | 'result'
  photo: OpenPhoto | null
  /** Largest first. */
  faces: FaceBox[]
  face: FaceBox | null
  /** What was measured of `face`; null while that is under way and where there is no face. */
  seen: SeenFace | null
  /** The newest texture. */
  texture: Pixels | null
  strokes: Stroke[]
  brushing: boolean
  /** Brush diameter as a share of the face's width. */
  brush: number
  preset: PresetName
  size: TextureSize
  seed: number
  work: Work | null
  /** What is still to be downloaded; null: nothing, or it is not under way. */
  transfer: Transfer | null
  /** What the computing is at where it does not take steps. */
  doing: ComputeStage | null
  /** Whole seconds since what is under way began: on a slow device the only thing that moves. */
  elapsed: number
  run: Run | null
  /** Finished runs with this photo, oldest first, and the one that is shown. */
  results: readonly Result[]
  result: Result | null
  /** null: the face in 3D. */
  comparing: Comparing | null
  /** The one of the four views that somebody chose; null: none, or turned away since. */
  view: ViewName | null
  /** Degrees to the viewer's right from which the face is lit; null: the photo's own light. */
  light: number | null
  dialog: Dialog | null
  /** `size` null: the result's own. */
  downloading: { size: number | null; format: TextureFormat; busy: boolean; failed: boolean }
  sharing: Sharing | null
  /** null until this device's own speed is known. */
  estimate: Estimate | null
  /** A run that was left unfinished. */
  kept: Kept | null
  /** The last face that was finished, here or in an earlier visit. */
  last: LastFace | null
  /** Is there a picture of the webcam yet? */
  cameraReady: boolean
  language: Language
  /** One that was chosen and is not there yet. */
  nextLanguage: Language | null
  /** Was a link to another page of the site followed? */
  leaving: boolean
  /** May things move by themselves? */
  motion: boolean
  /** One sentence about what went wrong, its code where it has one, and one about what is worth knowing. */
  error: string | null
  fault: string | null
  notice: string | null
}

export const firstState: State = {
  stage: 'photo',
  photo: null,
  faces: [],
  face: null,
  seen: null,
  texture: null,
  strokes: [],
  brushing: false,
  brush: 0.15,
  preset: 'draft',
  size: 256,
  seed: 1,
  work: null,
  transfer: null,
  doing: null,
  elapsed: 0,
  run: null,
  results: [],
  result: null,
  comparing: null,
  view: null,
  light: null,
  dialog: null,
  downloading: { size: null, format: 'png', busy: false, failed: false },
  sharing: null,
  estimate: null,
  kept: null,
  last: null,
  cameraReady: false,
  language: 'en',
  nextLanguage: null,
  leaving: false,
  motion: true,
  error: null,
  fault: null,
  notice: null,
}
