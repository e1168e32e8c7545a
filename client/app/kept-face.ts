import { createStore, del, get, set } from 'idb-keyval'
import type { FaceBox } from '../face/types.ts'
import type { Choices } from './choices.ts'
import type { OpenPhoto } from './photo/open-photo.ts'
import type { Stroke } from './photo/strokes.ts'
import { quietly } from './quietly.ts'
import type { Result } from './result.ts'

/**
 * The face that was finished last, with all that the page needs to show, download and share it again, and to go on with its
 * photo. It is kept in the browser's IndexedDB until the next one is finished or it is thrown away; where the browser keeps
 * nothing (private windows, foreign frames) it lasts as long as the page.
 */
export interface LastFace extends Choices {
  photo: Omit<OpenPhoto, 'url'>
  /** Largest first, and the one that was chosen. */
  faces: readonly FaceBox[]
  face: FaceBox
  strokes: readonly Stroke[]
  /** Finished runs with this photo, oldest first; only the newest outlives the page. */
  results: readonly Result[]
}

/**
 * Version of what is stored. Whoever changes the shape of LastFace, or of what lies in it, raises it: a page drops what
 * it cannot show. (test/e2e/last-face.test.ts holds the shape to it.)
 */
export const format = 4
/**
 * The first had no heads: one is made where such a face is shown. Heads of the second all have a bust. Until the third nothing
 * tells where their texels come from.
 */
const readable = [1, 2, 3, format]

const store = () => createStore('facerefiner-face', 'face')

export async function keepFace(face: LastFace): Promise<void> {
  await quietly(() => set('last', { format, face: { ...face, results: face.results.slice(-1) } }, store()))
}

/** What was kept, if this version of the page can show it. */
export async function keptFace(): Promise<LastFace | null> {
  try {
    const kept = await get<{ format: number; face: LastFace }>('last', store())
    if (!kept) return null
    if (readable.includes(kept.format)) return kept.face
    await forgetFace()
  } catch {
    // Storage is closed to this page.
  }
  return null
}

export async function forgetFace(): Promise<void> {
  await quietly(() => del('last', store()))
}
