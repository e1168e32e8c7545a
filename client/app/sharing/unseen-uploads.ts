import type { Ownership } from '../../share/api.ts'

/** Before the id of an upload whose link nobody has seen yet; the entry holds its owner token. */
export const unseenPrefix = 'facerefiner:unseen:'

/** What pages of this browser began to share and neither showed nor took back. */
export function unseenUploads(): Ownership[] {
  try {
    return Object.entries({ ...localStorage })
      .filter(([key]) => key.startsWith(unseenPrefix))
      .map(([key, owner]) => ({ id: key.slice(unseenPrefix.length), owner: String(owner) }))
  } catch {
    // Storage is closed to this page.
    return []
  }
}

/** Takes them back, where there are any; what that takes is loaded only then. */
export async function withdrawUnseen(): Promise<void> {
  if (unseenUploads().length === 0) return
  const { withdrawLeft } = await import('./unseen-upload.ts')
  await withdrawLeft()
}
