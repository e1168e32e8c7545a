import type { ModelFile } from '../runtime/models.ts'

/** How much of a file has arrived, in bytes as they travel. */
export interface Arrival {
  file: string
  loaded: number
  total: number
}

/** @param received bytes, unpacked: what a browser tells of a download */
export function arrivalOf({ file, bytes, packed = bytes }: ModelFile, received: number): Arrival {
  return { file, loaded: (packed * received) / bytes, total: packed }
}

/** Downloads under way. */
export interface Transfer {
  /** Bytes as they travel. */
  loaded: number
  total: number
  /** How far they have come, 0..1: a file that joins slows it, and never takes it back. */
  share: number
}

/**
 * All downloads that are under way at once as one total: what is known to come counts from the beginning, so that the total
 * stands. Once everything is there, the next begins anew.
 */
export class Downloads {
  #files = new Map<string, Arrival>()
  /** Where the share went on from when the total last changed. */
  #since = { loaded: 0, share: 0 }

  /** What arrives without having been announced adds to the total. */
  add(news: readonly Arrival[]): void {
    const before = this.sum
    if (!before) this.#files.clear()
    for (const { file, loaded, total } of news) {
      // A download that starts anew is heard of again when it has come as far as before.
      this.#files.set(file, { file, total, loaded: Math.max(loaded, this.#files.get(file)?.loaded ?? 0) })
    }
    const { total } = this.#bytes
    if (!before) this.#since = { loaded: 0, share: 0 }
    else if (total !== before.total) this.#since = before
  }

  /** null where nothing is left to come. */
  get sum(): Transfer | null {
    const { loaded, total } = this.#bytes
    if (loaded >= total) return null
    const { share, loaded: from } = this.#since
    return { loaded, total, share: share + ((1 - share) * (loaded - from)) / (total - from) }
  }

  get #bytes() {
    const bytes = { loaded: 0, total: 0 }
    for (const { loaded, total } of this.#files.values()) {
      bytes.loaded += loaded
      bytes.total += total
    }
    return bytes
  }
}
