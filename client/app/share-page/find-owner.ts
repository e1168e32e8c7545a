import type { Ownership } from '../../share/api.ts'
import { changeShared } from '../../share/change.ts'
import { ShareError } from '../../share/errors.ts'
import { clearLink, keepOwner, linkedOwner, ownerOf } from '../../share/ownership.ts'

interface Found {
  ownership: Ownership | undefined
  /** What is wrong with the link that was followed. */
  problem?: 'wrongLink' | 'unchecked'
}

/**
 * Is the visitor the result's owner, by the link that was followed or by what this browser keeps? Only the service knows
 * whether the link's token is right; until it has said so, what is kept stays.
 */
export async function findOwner(id: string): Promise<Found> {
  const kept = ownerOf(id)
  const linked = linkedOwner(id)
  if (!linked) return { ownership: kept }
  if (linked.owner !== kept?.owner) {
    try {
      // Changes nothing, and only the owner may.
      await changeShared(linked, {})
    } catch (error) {
      const isWrong = error instanceof ShareError && (error.status === 401 || error.status === 403)
      if (isWrong) clearLink()
      return { ownership: kept, problem: isWrong ? 'wrongLink' : 'unchecked' }
    }
  }
  // Where it cannot be kept, the address is the only place that it has.
  if (keepOwner(linked)) clearLink()
  return { ownership: linked }
}
