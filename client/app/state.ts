import type { FaceBox } from '../capture/types.ts'
import type { Progress, Refined } from '../refine/types.ts'
import type { SeenFace } from './capture.worker.ts'
import type { Stroke } from './photo/strokes.ts'
import type { Pixels } from './pixels.ts'

export type PresetName = 'draft' | 'standard'
export const textureSizes = [256, 512, 1024] as const
export type TextureSize = (typeof textureSizes)[number]

/** The presets as a person chooses between them. `size`: the texture size that goes with each unless changed. */
export const presetChoices: { name: PresetName; title: string; words: string; size: TextureSize }[] = [
  { name: 'draft', title: 'Quick', words: 'Small texture, about a minute', size: 256 },
  { name: 'standard', title: 'Standard', words: 'Finer skin, some minutes', size: 512 },
]

export interface OpenPhoto {
  name: string
  /** Object URL of the file as it was given: the page shows the original, not the decoded copy. */
  url: string
  width: number
  height: number
}

/** Something under way: words and, where it is known, how far (0..1). */
export interface Work {
  words: string
  fraction: number | null
}

export interface Run {
  paused: boolean
  /** Which provider runs, and why: one sentence. null until it is chosen. */
  reason: string | null
  progress: Omit<Progress, 'texture'> | null
}

export interface Result {
  refined: Omit<Refined, 'texture'>
  reason: string
  /** Seconds from the button to the end, capture included. */
  seconds: number
  files: { name: string; words: string; url: string; bytes: number }[]
}

/** What the result is compared with. */
export type Comparing = 'photo' | 'initial'

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
  run: Run | null
  result: Result | null
  /** null: the face in 3D. */
  comparing: Comparing | null
  /** One sentence about what went wrong, and one about what is worth knowing. */
  error: string | null
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
  run: null,
  result: null,
  comparing: null,
  error: null,
  notice: null,
}
