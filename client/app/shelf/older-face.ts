import { createStore, del, get } from 'idb-keyval'
import { quietly } from '../quietly.ts'
import { brought, type FirstShelvedFace, type ShelvedFace } from './shelved-face.ts'

/**
 * What a page from before the shelf kept: the face that was finished last. Of its formats the first
 * had no heads, those of the second all have shoulders, and until the third nothing tells where their texels come from.
 */
interface OlderFace extends Omit<FirstShelvedFace, 'result'> {
  photo: { name: string }
  results: readonly FirstShelvedFace['result'][]
}

const readable = [1, 2, 3, 4]
const older = () => createStore('facerefiner-face', 'face')

/** Its photo stays behind: it was never said that it may be kept for longer. */
export async function olderFace(): Promise<{ name: string; face: ShelvedFace } | null> {
  const kept = await get<{ format: number; face: OlderFace }>('last', older()).catch(() => undefined)
  if (!kept || !readable.includes(kept.format)) return null
  const { photo, results, ...face } = kept.face
  return { name: photo.name, face: brought({ ...face, result: results.at(-1)! }) }
}

export async function forgetOlderFace(): Promise<void> {
  await quietly(() => del('last', older()))
}
