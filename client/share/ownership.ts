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

const fragment = '#owner='

/**
 * Address of a result's page for its owner alone: the page keeps the token with its own browser, once the service knows it,
 * and takes it out of the address. A fragment is not sent to any server.
 */
export function ownersLink(page: string, { owner }: Ownership): string {
  return page + fragment + owner
}

/** What {@link ownersLink} put into this page's address, or somebody else: anybody can write a link. */
export function linkedOwner(id: string): Ownership | undefined {
  return location.hash.startsWith(fragment) ? { id, owner: location.hash.slice(fragment.length) } : undefined
}

/** Takes the token out of this page's address, and so out of the browser's history. */
export function clearLink(): void {
  history.replaceState(history.state, '', location.pathname + location.search)
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
