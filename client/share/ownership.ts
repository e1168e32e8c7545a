import type { Ownership } from './api.ts'

const keyOf = (id: string) => `facerefiner:owner:${id}`

/**
 * Keeps the owner token with this browser, where the result's page finds it.
 *
 * @returns false where the browser keeps nothing: tell the visitor to note the token
 */
export function keepOwner({ id, owner }: Ownership): boolean {
  try {
    localStorage.setItem(keyOf(id), owner)
    return true
  } catch {
    return false
  }
}

/** What {@link keepOwner} kept of this result. */
export function ownerOf(id: string): Ownership | undefined {
  try {
    const owner = localStorage.getItem(keyOf(id))
    return owner ? { id, owner } : undefined
  } catch {
    // Storage is closed to this page: the visitor forbade it.
    return undefined
  }
}

export function forgetOwner(id: string): void {
  try {
    localStorage.removeItem(keyOf(id))
  } catch {
    // Then nothing was kept.
  }
}
