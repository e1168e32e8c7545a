import { createStore, del, get } from 'idb-keyval'
import { quietly } from '../quietly.ts'
import type { ShelvedFace } from './shelved-face.ts'
import { type FirstStoredFace, restoredFirst } from './stored-face.ts'

/**
 * What a page from before the shelf kept: the face that was finished last. Of its formats the first
 * had no heads, those of the second all have shoulders, and until the third nothing tells where their texels come from.
 */
interface OlderFace extends Omit<FirstStoredFace, 'result'> {
  photo: { name: string }
  results: readonly FirstStoredFace['result'][]
}

const readable = [1, 2, 3, 4]
const older = () => createStore('facerefiner-face', 'face')

/** Its photo stays behind: it was never said that it may be kept for longer. */
export async function olderFace(): Promise<{ name: string; face: ShelvedFace } | null> {
  const kept = await get<{ format: number; face: OlderFace }>('last', older()).catch(() => undefined)
  if (!kept || !readable.includes(kept.format)) return null
  const { photo, results, ...face } = kept.face
  return { name: photo.name, face: restoredFirst({ ...face, result: results.at(-1)! }) }
}

export async function forgetOlderFace(): Promise<void> {
  await quietly(() => del('last', older()))
}
