import type { FaceBox } from '../../face/types.ts'
import type { ModelFormat } from '../../result/model-format.ts'
import { defaultSeed, presetSizes } from '../../run/choices.ts'
import type { RunsOn } from '../../runtime/runs-on.ts'
import type { Choices, CoverName, HeadChoice } from '../choices.ts'
import type { Transfer } from '../downloads.ts'
import type { Kept } from '../kept-run.ts'
import type { ComputeStage, Estimate, SeenFace, ShownProgress } from '../messages.ts'
import type { OpenPhoto } from '../photo/open-photo.ts'
import type { Stroke } from '../photo/strokes.ts'
import type { Pixels } from '../pixels.ts'
import type { Result } from '../result.ts'
import { emptyShelf, type ShelfState } from '../shelf/shelf-state.ts'
import type { Language } from '../texts/index.ts'
import type { ViewName } from '../viewer/orbit.ts'

/** A photo that is worked on, with what was found in it and what was made of it. */
export interface Subject {
  /** null: it was not kept with its face. */
  photo: OpenPhoto | null
  /** null: none was found yet. */
  faces: Faces | null
  /** The chosen face as it was seen before anything was painted; null: this page has not looked at it. */
  looked: SeenFace | null
  /** They belong to the photo, whichever of its faces is chosen. */
  strokes: readonly Stroke[]
  /** Finished runs, oldest first. */
  results: readonly Result[]
  /** The one of them that was shown last; null: none since the newest run began. */
  shown: Result | null
  /** Degrees to the viewer's right from which a studio's main light falls on its results; null: the photo's own light. */
  light: number | null
}

export interface Faces {
  /** Largest first, at least one. */
  all: readonly FaceBox[]
  chosen: FaceBox
}

export interface FacedSubject extends Subject {
  faces: Faces
}

/** With the photo at hand: it can be looked at anew. */
export type WithPhoto<Of extends Subject> = Of & { photo: OpenPhoto }

/** The first screen. */
export interface PhotoStage {
  name: 'photo'
  /** What was worked on before; the browser's Forward leads to it. */
  behind: Subject | null
}

export interface CameraStage {
  name: 'camera'
  /** Is there a picture yet? */
  ready: boolean
  /** Where it was opened, and what was said there. */
  from: PhotoStage | FoundStage | ResultStage
  said: Said
}

/** The photo with its faces, the brush and the choices. */
export interface FoundStage {
  name: 'found'
  subject: WithPhoto<Subject>
  /** What was measured of the chosen face; null while that is under way and where there is no face. */
  seen: SeenFace | null
}

export interface RefiningStage {
  name: 'refining'
  subject: WithPhoto<FacedSubject>
  /** What was known of the face when the run began. */
  before: SeenFace | null
  /** The result that it was begun from, which goes on being shown; null: none. */
  shown: Result | null
  /** The face as it was measured for the run, and its newest texture; null: that is still under way. */
  face: { seen: SeenFace; texture: Pixels } | null
  run: Run
  view: ViewName | null
}

export interface ResultStage {
  name: 'result'
  subject: FacedSubject
  result: Result
  /** null: the face in 3D. */
  comparing: Comparing | null
  /** The one of the four views that somebody chose; null: none, or turned away since. */
  view: ViewName | null
  /** Does it show where each part comes from, rather than what it looks like? */
  evidence: boolean
  /** Is the menu of hair open? */
  hairMenu: boolean
  /** Is it being turned by hand? */
  held: boolean
  /** Does a webcam drive the head, or sliders? `coming`: that is being loaded. */
  puppet: 'coming' | 'open' | null
  /** What lies over the page. */
  dialog: Dialog | null
  downloading: Downloading
}

export type Stage = PhotoStage | CameraStage | FoundStage | RefiningStage | ResultStage
export type StageName = Stage['name']
export type StageNamed<Name extends StageName> = Extract<Stage, { name: Name }>

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

/**
 * What is done of itself for the result that is shown: whether a finer texture is worth it is found out, it is made, or it waits
 * until nothing is in its way.
 */
export type Polish =
  | { at: 'preparing' }
  | ({ at: 'making' } & Pick<Run, 'secondsLeft' | 'late'>)
  | { at: 'made' }

/** What a result is compared with. */
export type Comparing = 'photo' | 'initial' | 'run'

export type Dialog = 'download' | 'share'

/** The files that are wanted of a result. `size` null: its own. */
export interface Downloading {
  size: number | null
  format: ModelFormat
  busy: boolean
  failed: boolean
}

/** What the page says in sentences. */
export interface Said {
  /** What went wrong, and its code where it has one. */
  error: { words: string; fault: string | null } | null
  /** What is worth knowing. */
  notice: string | null
}

/** What is under way besides the steps of a run. */
export interface UnderWay {
  work: Work | null
  /** All that is still to be downloaded; null: nothing, or it is not under way. */
  transfer: Transfer | null
  /** What the computing is at where it does not take steps. */
  doing: ComputeStage | null
  /** Whole seconds since what is under way began: on a slow device the only thing that moves. */
  elapsed: number
}

/** Something under way: words and, where it is known, how far (0..1). */
export interface Work {
  words: string
  fraction: number | null
  /** Does it wait for downloads? Then these are shown instead while some are under way. */
  waits?: boolean
}

/** What the top bar shows, whatever is done with photos. */
export interface TopBar {
  language: Language
  /** One that was chosen and is not there yet. */
  nextLanguage: Language | null
  /** Was a link to another page of the site followed? */
  leaving: boolean
  /** May things move by themselves? */
  motion: boolean
  /** Do single keys do something, and is the sheet that lists them open? */
  shortcuts: { on: boolean; open: boolean }
}

/** Everything the page shows: where it is, and what holds wherever that is. */
export interface State extends Said, UnderWay, TopBar {
  stage: Stage
  choices: Choices
  /** Is the brush out, and its diameter as a share of the face's width. */
  brush: { out: boolean; width: number }
  /** What a new result is shown as, where the photo carries it. */
  cover: CoverName
  /** What its head is made with. */
  head: HeadChoice
  /** null until this device's own speed is known. */
  estimate: Estimate | null
  /** null: nothing is done of itself. */
  polish: Polish | null
  /** A run that was left unfinished. */
  kept: Kept | null
  /** The faces that were finished, here or in earlier visits. */
  shelf: ShelfState
}

export const silence: Said = { error: null, notice: null }

export const firstState: State = {
  stage: { name: 'photo', behind: null },
  choices: { preset: 'draft', size: presetSizes.draft, seed: defaultSeed },
  brush: { out: false, width: 0.15 },
  cover: 'head',
  head: { hair: 'auto', bust: true, expression: 'photo' },
  ...silence,
  ...{ work: null, transfer: null, doing: null, elapsed: 0 },
  ...{ language: 'en', nextLanguage: null, leaving: false, motion: true },
  shortcuts: { on: true, open: false },
  ...{ estimate: null, polish: null, kept: null, shelf: emptyShelf },
}
