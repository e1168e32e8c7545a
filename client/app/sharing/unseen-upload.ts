import type { Ownership } from '../../share/api.ts'
import { deleteShared } from '../../share/change.ts'
import { forgetOwner } from '../../share/ownership.ts'
import { unseenPrefix, unseenUploads } from './unseen-uploads.ts'

/**
 * An upload that was begun, until its link is shown: nobody's face is published unseen. Who closes the dialog or the page takes
 * it back; what could not be taken back then, without a network or because the browser died, goes at the next visit.
 */
export class UnseenUpload {
  readonly ownership: Ownership
  readonly #over = Promise.withResolvers<void>()

  constructor(ownership: Ownership) {
    this.ownership = ownership
    try {
      localStorage.setItem(unseenPrefix + ownership.id, ownership.owner)
    } catch {
      // Storage is closed to this page: the service forgets by itself what nobody publishes.
    }
    // Until this page is gone, others leave it alone.
    void navigator.locks?.request(unseenPrefix + ownership.id, () => this.#over.promise).catch(() => {})
    addEventListener('pagehide', this.#leave)
  }

  /** Its link is shown, and its owner known. */
  seen(): void {
    this.#end()
    forget(this.ownership)
  }

  /** Deletes it, whether it was published meanwhile or not. @throws ShareError; then it goes at the next visit */
  async withdraw(): Promise<void> {
    this.#end()
    await withdraw(this.ownership)
  }

  /** What is asked for now is sent though the page goes. */
  #leave = () => {
    deleteShared(this.ownership, { keepalive: true }).catch(() => {})
  }

  #end() {
    removeEventListener('pagehide', this.#leave)
    this.#over.resolve()
  }
}

/** Takes back what earlier pages of this browser left. What cannot be now is tried again at the next visit. */
export async function withdrawLeft(): Promise<void> {
  for (const ownership of unseenUploads()) {
    await navigator.locks
      ?.request(unseenPrefix + ownership.id, { ifAvailable: true }, async (lock) => {
        if (lock) await withdraw(ownership)
      })
      .catch(() => {})
  }
}

async function withdraw(ownership: Ownership): Promise<void> {
  await deleteShared(ownership)
  forgetOwner(ownership.id)
  forget(ownership)
}

function forget({ id }: Ownership): void {
  try {
    localStorage.removeItem(unseenPrefix + id)
  } catch {
    // Then nothing was kept.
  }
}
