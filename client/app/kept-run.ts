import { createStore, del, get, set } from 'idb-keyval'
import type { FaceBox } from '../face/types.ts'
import type { Checkpoint } from '../refine/checkpoint.ts'
import type { Choices } from './choices.ts'
import type { Stroke } from './photo/strokes.ts'
import { quietly } from './quietly.ts'

/**
 * The run under way, kept in the browser's IndexedDB, so that a page that was closed can go on with it. It is deleted
 * when the run is done or cancelled. Where the browser keeps nothing (private windows, foreign frames) nothing is kept.
 */
export interface KeptRun extends Choices {
  photo: Blob
  name: string
  face: FaceBox
  strokes: readonly Stroke[]
}

/** This browser's only place for a run under way. */
export interface Place {
  /** Resolves when another may have it. */
  release(): Promise<void>
}

export interface Kept {
  run: KeptRun
  checkpoint: Checkpoint
  /** How much of the run is done, 0..1. */
  fraction: number
}

/** Hash of the client's sources, set by the build: what another version kept means nothing to this one. */
declare const sourcesHash: string
const sources = typeof sourcesHash === 'string' ? sourcesHash : 'development'

const lockName = 'facerefiner-run'
const store = () => createStore('facerefiner', 'run')

/** Days that a run is kept for: it holds a photo, and nobody has said that it may be kept. */
export const runDays = 7
const day = 24 * 60 * 60 * 1000

/** Seconds between two checkpoints. */
export const checkpointSeconds = 5

/** What is kept with a checkpoint, written by the refine worker so that the page's thread does not copy megabytes. */
export async function keepCheckpoint(checkpoint: Checkpoint, fraction: number): Promise<void> {
  await quietly(() => set('checkpoint', { sources, checkpoint, fraction }, store()))
}

/**
 * Keeps what a run begins with, and this browser's only place for one until `release` is called.
 *
 * @param resumed what it goes on from: its checkpoint stays until there is a newer one
 * @returns null where another tab has the place
 */
export async function keepRun(run: KeptRun, resumed?: Kept): Promise<Place | null> {
  const place = await takePlace()
  if (!place) return null
  if (!resumed) await quietly(() => del('checkpoint', store()))
  await quietly(() => set('run', { since: Date.now(), run }, store()))
  return place
}

/** What was kept of a run that no tab is working on. What cannot be gone on with, or is too old, is forgotten. */
export async function keptRun(): Promise<Kept | null> {
  if (await isTaken()) return null
  try {
    const begun = await get<{ since: number; run: KeptRun }>('run', store())
    const last = await get<Omit<Kept, 'run'> & { sources: string }>('checkpoint', store())
    const isFresh = begun && Date.now() - begun.since < runDays * day
    if (isFresh && last?.sources === sources) return { run: begun.run, ...last }
    if (begun || last) await forgetRun()
  } catch {
    // Storage is closed to this page.
  }
  return null
}

export async function forgetRun(): Promise<void> {
  await quietly(() => del('run', store()))
  await quietly(() => del('checkpoint', store()))
}

/**
 * A Web Lock is given back by itself when its tab closes or dies. Where there are none (old browsers, frames of other
 * sites without storage) every tab has the place, and nothing is kept either.
 */
function takePlace(): Promise<Place | null> {
  const anywhere: Place = { release: async () => {} }
  if (!navigator.locks) return Promise.resolve(anywhere)
  return new Promise((resolve) => {
    const held: Promise<void> = navigator.locks
      .request(lockName, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null)
        return new Promise<void>((end) => {
          const release = () => {
            end()
            return held
          }
          resolve({ release })
        })
      })
      .catch(() => resolve(anywhere))
  })
}

async function isTaken(): Promise<boolean> {
  const { held } = (await navigator.locks?.query().catch(() => null)) ?? {}
  return held?.some(({ name }) => name === lockName) ?? false
}
