import type { SeenFace } from './capture.worker.ts'
import { texts } from './texts/index.ts'

/** Below this share of unseen texels nothing is said to be missing. */
const complete = 0.005
export const isComplete = ({ quality }: Pick<SeenFace, 'quality'>) => quality.none < complete

/** What is worth knowing about a photo that was opened. @param count of the files that were given */
export function photoNotice(count: number, name: string, greyscale: boolean): string | null {
  const { notices } = texts()
  const said: string[] = []
  if (count > 1) said.push(notices.several(count, name))
  if (greyscale) said.push(notices.grey)
  return said.join(' ') || null
}
