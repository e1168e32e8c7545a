/** The Cache that model files are kept in. */
export const modelCache = 'facerefiner-models'

/** Did an earlier visit leave model files here? Tells so before anything is loaded that could use them. */
export async function hasKeptModels(): Promise<boolean> {
  try {
    return await caches.has(modelCache)
  } catch {
    // Private windows, foreign frames, pages without encryption.
    return false
  }
}
