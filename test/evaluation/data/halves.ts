import { CommandError } from '../../../client/cli/command-error.ts'
import halves from './halves.json' with { type: 'json' }
import { stem } from './image-files.ts'

/**
 * Portraits are split once: constants are chosen on the tuning half, figures are quoted of the reporting half. The tuning half
 * holds every photo that a constant was chosen on before there were halves.
 */
export const halfNames = Object.keys(halves) as (keyof typeof halves)[]
export type Half = (typeof halfNames)[number]

/**
 * The photos of one half, by their file names (halves.json).
 *
 * @throws CommandError where none of them is in it
 */
export function ofHalf<Photo extends { path: string }>(photos: readonly Photo[], half: Half): Photo[] {
  const found = photos.filter(({ path }) => halfOf(path) === half)
  if (found.length > 0) return found
  throw new CommandError(
    `None of the ${photos.length} photos is in the ${half} half, which holds ${halves[half].join(', ')}: leave --half out for other photos.`,
  )
}

/** Which half a portrait is in, by its file name; null: in none. */
export function halfOf(path: string): Half | null {
  return halfNames.find((half) => halves[half].includes(stem(path))) ?? null
}
