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

/**
 * All downloads of a visit as one total: what is known to come counts from the beginning, so that the total stands and what
 * is done of it never falls.
 */
export class Downloads {
  #files = new Map<string, Arrival>()

  /** What arrives without having been announced adds to the total. */
  add(news: readonly Arrival[]): void {
    for (const { file, loaded, total } of news) {
      // A download that starts anew is heard of again when it has come as far as before.
      this.#files.set(file, { file, total, loaded: Math.max(loaded, this.#files.get(file)?.loaded ?? 0) })
    }
  }

  /** Bytes; null where nothing is left to come. */
  get sum(): { loaded: number; total: number } | null {
    let [loaded, total] = [0, 0]
    for (const file of this.#files.values()) {
      loaded += file.loaded
      total += file.total
    }
    return loaded < total ? { loaded, total } : null
  }
}
