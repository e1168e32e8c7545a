import type { DownloadProgress, ModelStore } from '../runtime/models.ts'

/** The buffers of all typed arrays in a tree of plain objects, for a transfer without copies. */
export function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer)
  } else if (value && typeof value === 'object') {
    for (const part of Object.values(value)) buffersOf(part, found)
  }
  return [...found]
}

/** The same store, telling of each download. */
export function withProgress(
  store: ModelStore,
  report: (news: { download: DownloadProgress }) => void,
): ModelStore {
  return {
    manifest: () => store.manifest(),
    load: (id) => store.load(id, (download) => report({ download })),
  }
}
