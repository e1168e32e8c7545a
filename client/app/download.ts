import type { Result } from './state.ts'
import { startExportWorker } from './workers.ts'

/** What can be downloaded of a result. `webp`: the 3D face with a smaller texture inside. */
export type DownloadKind = 'glb' | 'webp' | 'png' | 'record'

/** Sizes that a texture is offered in, besides its own: larger ones are enlarged and hold no more detail. */
export const enlargedSizes = [512, 1024, 2048] as const

/**
 * Makes a file of a result and hands it to the browser as a download.
 *
 * @param size texels a side
 * @throws Error where the browser cannot make it
 */
export async function download(result: Result, kind: DownloadKind, size: number): Promise<void> {
  const own = size === result.refined.size
  if (kind === 'record') return save(result.files.record, 'record.json')
  if (kind === 'glb' && own) return save(result.files.glb, 'face.glb')
  if (kind === 'png' && own) return save(result.files.png, 'texture.png')
  const { png, glb } = await make(result, kind, size)
  if (kind === 'png') save(new Blob([png], { type: 'image/png' }), `texture-${size}.png`)
  else
    save(
      new Blob([glb], { type: 'model/gltf-binary' }),
      kind === 'webp' ? 'face-webp.glb' : `face-${size}.glb`,
    )
}

async function make({ seen, files }: Result, kind: DownloadKind, size: number) {
  const failed = Promise.withResolvers<never>()
  const { api, terminate } = startExportWorker(failed.reject)
  try {
    const texture = new Uint8Array(await files.png.arrayBuffer())
    const wanted = { mesh: seen.mesh, texture, size, format: kind === 'webp' ? 'webp' : 'png' } as const
    return await Promise.race([api.face(wanted), failed.promise])
  } finally {
    terminate()
  }
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has its own hold on the content by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
