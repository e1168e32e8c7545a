import type { Report } from '../types.ts'

/** `yaw has 7 of 10 photos, scan 0 of 1.`; empty where all are done. */
export function photosMissing(photos: Report['photos']): string {
  const missing = photos.filter(({ done, of }) => done < of)
  const counts = missing.map(({ protocol, done, of }) => `${protocol} has ${done} of ${of} photos`)
  return counts.length > 0 ? `${counts.join(', ')}.` : ''
}
