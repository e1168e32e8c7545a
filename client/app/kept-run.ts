import { createStore, del, delMany, getMany, promisifyRequest, set } from 'idb-keyval'
import type { FaceBox } from '../face/types.ts'
import type { Checkpoint } from '../refine/checkpoint.ts'
import type { Choices } from './choices.ts'
import type { Stroke } from './photo/strokes.ts'
import { quietly } from './quietly.ts'

/**
 * The run under way, kept in the browser's IndexedDB from its begin, so that a page that was closed can go on with it, and one
 * where it failed can try again. It is forgotten when the run is done, or its owner says so. Where the browser keeps nothing
 * (private windows, foreign frames) nothing is kept.
 */
export interface KeptRun extends Choices {
  photo: Blob
  name: string
  face: FaceBox
  strokes: readonly Stroke[]
}

/** This browser's only place for a run under way. */
export interface Place {
  /** What checkpoints of the run are kept with; null: it could not be kept, and so must they not be. */
  run: string | null
  /** Leaves what is kept. Resolves when another may have the place. */
  release(): Promise<void>
  /** The run is done, or not wanted any more. Resolves when nothing of it is kept, and another may have the place. */
  forget(): Promise<void>
}

export interface Kept {
  /** What its checkpoints are kept with. */
  id: string
  run: KeptRun
  /** null: it had taken no step worth keeping, and begins again. */
  checkpoint: Checkpoint | null
  /** How much of the run is done, 0..1. */
  fraction: number
}

/** Hash of the client's sources, set by the build: what another version kept means nothing to this one. */
declare const sourcesHash: string
const sources = typeof sourcesHash === 'string' ? sourcesHash : 'development'

/** Under `run`. `since`: when it was begun or gone on with, ms since 1970. */
type StoredRun = KeptRun & { id: string; sources: string; since: number }
/** Under `checkpoint`. `run`: the id of whose it is, for one that comes too late is of a run that is no more. */
type StoredCheckpoint = Pick<Kept, 'fraction'> & { run: string; checkpoint: Checkpoint }

const lockName = 'facerefiner-run'
const store = () => createStore('facerefiner', 'run')

/** Days that a run is kept for: it holds a photo, and nobody has said that the photo may be kept. */
export const runDays = 7
const day = 24 * 60 * 60 * 1000

/** Seconds between two checkpoints. */
export const checkpointSeconds = 5

/**
 * Keeps a checkpoint in the place of the one before, which stays where there is no room for it. Written by the refine worker so
 * that the page's thread does not copy megabytes.
 *
 * @param run {@link Place.run}
 */
export async function keepCheckpoint(run: string, checkpoint: Checkpoint, fraction: number): Promise<void> {
  const stored: StoredCheckpoint = { run, checkpoint, fraction }
  await quietly(() => set('checkpoint', stored, store()))
}

/**
 * Keeps what a run begins with, and this browser's only place for one until it is released. What was kept before goes.
 *
 * @param resumed what it goes on from: its checkpoint stays until there is a newer one
 * @returns null where another tab has the place
 */
export async function keepRun(run: KeptRun, resumed?: Kept): Promise<Place | null> {
  const release = await takePlace()
  if (!release) return null
  const id = resumed?.id ?? randomId()
  let kept: string | null = null
  await quietly(async () => {
    // All of it or nothing: a checkpoint must not come to stand beside another run.
    await store()('readwrite', (all) => {
      all.put({ ...run, id, sources, since: Date.now() } satisfies StoredRun, 'run')
      if (!resumed) all.delete('checkpoint')
      return promisifyRequest(all.transaction)
    })
    kept = id
  })
  const forget = async () => {
    if (kept) await forgetAll()
    await release()
  }
  return { run: kept, release, forget }
}

/** What was kept of a run that no tab is working on. What cannot be gone on with, or is too old, is forgotten. */
export async function keptRun(): Promise<Kept | null> {
  if (await isTaken()) return null
  try {
    const [run, last] = await getMany<StoredRun & StoredCheckpoint>(['run', 'checkpoint'], store())
    if (!run) return null
    const isFresh = Date.now() - run.since < runDays * day
    if (run.sources === sources && isFresh) return keptOf(run, last)
    await forgetRun()
  } catch {
    // Storage is closed to this page.
  }
  return null
}

function keptOf({ id, sources: _, since: __, ...run }: StoredRun, last: StoredCheckpoint | undefined): Kept {
  if (last?.run !== id) return { id, run, checkpoint: null, fraction: 0 }
  return { id, run, checkpoint: last.checkpoint, fraction: last.fraction }
}

/** Not secret. Pages without a certificate have no `crypto.randomUUID`. */
const randomId = () => `${Date.now()} ${Math.random()}`

/** Forgets what is kept, unless another tab goes on with it. */
export async function forgetRun(): Promise<void> {
  const release = await takePlace()
  if (!release) return
  await forgetAll()
  await release()
}

/** What is kept begins again. */
export const forgetCheckpoint = () => quietly(() => del('checkpoint', store()))

const forgetAll = () => quietly(() => delMany(['run', 'checkpoint'], store()))

/**
 * A Web Lock is given back by itself when its tab closes or dies. Where there are none (old browsers, frames of other
 * sites without storage) every tab has the place, and nothing is kept either.
 *
 * @returns releases it; null: another tab has it
 */
function takePlace(): Promise<(() => Promise<void>) | null> {
  const anywhere = async () => {}
  if (!navigator.locks) return Promise.resolve(anywhere)
  return new Promise((resolve) => {
    const held: Promise<void> = navigator.locks
      .request(lockName, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null)
        return new Promise<void>((end) => {
          resolve(() => {
            end()
            return held
          })
        })
      })
      .catch(() => resolve(anywhere))
  })
}

async function isTaken(): Promise<boolean> {
  const { held } = (await navigator.locks?.query().catch(() => null)) ?? {}
  return held?.some(({ name }) => name === lockName) ?? false
}
