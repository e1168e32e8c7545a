import { cursorPattern } from '../results/gallery.ts'

/** Pages that a trail remembers; from further on "Newer" leads to the newest. */
const remembered = 20

/**
 * Where a visitor stands in the gallery. The bucket lists in one direction only, so the way back goes along in the
 * address: the cursors of the pages between the newest one and this.
 */
export interface Place {
  cursor?: string
  /** Cursors of the pages on the way here, the one before this last. */
  trail: readonly string[]
}

export function readPlace(query: { cursor?: string; trail?: string }): Place {
  if (!query.cursor) return { trail: [] }
  const trail = query.trail?.split('.').filter((entry) => cursorPattern.test(entry)) ?? []
  return { cursor: query.cursor, trail: trail.slice(-remembered) }
}

/** @example address({ cursor: C, trail: [A, B] }) // -> '/gallery?cursor=C&trail=A.B' */
export function address({ cursor, trail }: Place): string {
  if (!cursor) return '/gallery'
  const query = new URLSearchParams({ cursor, ...(trail.length > 0 && { trail: trail.join('.') }) })
  return `/gallery?${query}`
}

/** The pages beside this one. @param next cursor of the one after it; null on the last */
export function neighbours(
  { cursor, trail }: Place,
  next: string | null,
): { newer?: string; older?: string } {
  const way = cursor ? [...trail, cursor] : []
  return {
    newer: cursor && address({ cursor: trail.at(-1), trail: trail.slice(0, -1) }),
    older: next ? address({ cursor: next, trail: way.slice(-remembered) }) : undefined,
  }
}
