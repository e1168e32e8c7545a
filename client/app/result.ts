import type { SeenFace } from './capture.worker.ts'
import type { Finished } from './refine.worker.ts'
import type { Result } from './state.ts'

/** A finished run as the page keeps it. @param seconds from the button to the end */
export function resultOf(
  { refined, runsOn, pixels, files }: Finished,
  seen: SeenFace,
  seconds: number,
): Result {
  const blob = (content: BlobPart, type: string) => new Blob([content], { type })
  return {
    refined,
    texture: pixels,
    seen,
    runsOn,
    seconds,
    files: {
      glb: blob(files.glb, 'model/gltf-binary'),
      png: blob(files.png, 'image/png'),
      sampled: blob(files.sampled, 'image/png'),
      record: blob(files.record, 'application/json'),
    },
  }
}
