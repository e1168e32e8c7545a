import type { CaptureQuality } from '../capture/types.ts'
import type { LossName, Progress } from '../refine/types.ts'
import type { DownloadProgress } from '../runtime/models.ts'

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

/** @example faceCount(1) // -> 'One face' */
export function faceCount(count: number): string {
  return `${numbers[count] ?? count} ${count === 1 ? 'face' : 'faces'}`
}

/** Where a face looks, as the person at the screen sees it. Angles in degrees, signs as in Pose. */
export function gaze({ yaw, pitch }: Pick<CaptureQuality, 'yaw' | 'pitch'>): string {
  const side = yaw > 0 ? 'right' : 'left'
  const parts: string[] = []
  if (Math.abs(yaw) >= 45) parts.push(`turned far to the ${side}`)
  else if (Math.abs(yaw) >= 22) parts.push(`turned to the ${side}`)
  else if (Math.abs(yaw) >= 7) parts.push(`looking slightly ${side}`)
  if (Math.abs(pitch) >= 14) parts.push(parts.length ? verb(pitch) : `looking ${verb(pitch)}`)
  return parts.join(' and ') || 'looking straight ahead'
}

const verb = (pitch: number) => (pitch > 0 ? 'up' : 'down')

/** @example foundWords(1, quality) // -> 'One face, looking slightly left, 62% of the face visible.' */
export function foundWords(count: number, quality: CaptureQuality): string {
  const face = `${gaze(quality)}, ${percent(quality.own)} of the face visible.`
  if (count === 1) return `One face, ${face}`
  return `${faceCount(count)}. The outlined one is ${face}`
}

/** Pixels between the eyes below which the photo has fewer pixels than the smallest texture has texels. */
const softBelow = 60

/** Where the rest of the texture comes from. Shares as in CaptureQuality. */
export function evidenceWords({ mirrored, none, interOcular }: CaptureQuality): string {
  const parts: string[] = []
  if (mirrored >= 0.005) parts.push(`${percent(mirrored)} can be taken from the face’s other side`)
  if (none >= 0.005) parts.push(`${percent(none)} is shown nowhere and will be made to match`)
  const sentence = parts.length > 0 ? `${parts.join('; ')}.` : 'Nothing is hidden.'
  return interOcular < softBelow
    ? `${sentence} The face is small in this photo, so its skin will be soft.`
    : sentence
}

/** What the run did to the texture, for its owner. */
export function madeWords(optimised: boolean, { own, none }: CaptureQuality): string {
  if (optimised) {
    return `${percent(none)} of the face is not in the photo and was made to match; ${percent(own)} is straight from the photo, the rest from the face’s other side.`
  }
  return 'Good news: the photo and the face’s own other side show all of it, so nothing had to be made up.'
}

/** A share as whole percent, never rounding something to nothing or nearly all to all. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100)
  if (rounded === 0 && share > 0) return 'under 1%'
  if (rounded === 100 && share < 1) return 'over 99%'
  return `${rounded}%`
}

/** @example progressWords(progress) // -> 'Round 1 of 2, 128 px, step 12 of 40, about 25 seconds left' */
export function progressWords(progress: Progress): string {
  const { round, rounds, scale, step, steps, secondsLeft, fraction } = progress
  const parts = rounds > 1 ? [`round ${round + 1} of ${rounds}`] : []
  parts.push(`${scale} px`, `step ${step + 1} of ${steps}`)
  // The first steps also compile and warm up: what they tell about the rest is too long.
  if (secondsLeft !== null && fraction > 0.04) parts.push(timeLeft(secondsLeft))
  const words = parts.join(', ')
  return words[0].toUpperCase() + words.slice(1)
}

/** Coarse on purpose: a number that jumps about is worse than none. */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds left`
  return `about ${Math.ceil(seconds / 60)} minutes left`
}

/** @example duration(75.4) // -> '1 min 15 s' */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** @example downloadWords({ file, loaded: 3.1e6, total: 18.2e6 }) // -> 'Downloading, 3.1 of 18.2 MB (only this once)' */
export function downloadWords({ loaded, total }: DownloadProgress): string {
  return `Downloading, ${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB (only this once)`
}

/** @example fileSize(1234567) // -> '1.2 MB' */
export function fileSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`
}

export const lossWords: Record<LossName, string> = {
  total: 'Total',
  content: 'Content',
  remd: 'Style (REMD)',
  moments: 'Style (moments)',
  colour: 'Colour',
  photometric: 'Photometric',
}
