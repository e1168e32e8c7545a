import type { FaceRenderer } from './renderer.ts'

let loading: Promise<FaceRenderer> | null = null

/**
 * The page's one renderer: three.js is fetched, and a WebGL context made, when the first face is to be shown.
 *
 * @throws where the browser has no WebGL; the next call tries again
 */
export function faceRenderer(): Promise<FaceRenderer> {
  loading ??= import('./renderer.ts').then(({ FaceRenderer }) => new FaceRenderer())
  loading.catch(() => {
    loading = null
  })
  return loading
}
