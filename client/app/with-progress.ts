import type { DownloadProgress, ModelStore } from '../runtime/models.ts'

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
