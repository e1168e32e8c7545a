import type { TextureFormat } from '../result/glb.ts'
import type { Result } from './result.ts'
import { startExportWorker } from './workers.ts'

export type DownloadKind = 'glb' | 'png' | 'record'

/** Sizes that a texture is offered in, besides its own: larger ones are enlarged and hold no more detail. */
export const enlargedSizes = [512, 1024, 2048] as const

export interface DownloadForm {
  /** Texels a side. */
  size: number
  /** How the 3D face holds its texture. */
  format: TextureFormat
}

/**
 * Makes a file of a result and hands it to the browser as a download.
 *
 * @throws Error where the browser cannot make it
 */
export async function download(result: Result, kind: DownloadKind, form: DownloadForm): Promise<void> {
  const { files, refined } = result
  const ownSize = form.size === refined.size
  if (kind === 'record') return save(files.record, 'record.json')
  if (kind === 'png' && ownSize) return save(files.png, 'texture.png')
  if (kind === 'glb' && ownSize && form.format === 'png') return save(files.glb, 'face.glb')
  if (kind === 'png') {
    // Packing the face beside it as KTX2 would take many seconds for nothing.
    const { png } = await make(result, { ...form, format: 'png' })
    return save(new Blob([png], { type: 'image/png' }), `texture-${form.size}.png`)
  }
  const { glb } = await make(result, form)
  const format = form.format === 'png' ? '' : `-${form.format}`
  save(new Blob([glb], { type: 'model/gltf-binary' }), `face-${form.size}${format}.glb`)
}

async function make({ seen, files }: Result, { size, format }: DownloadForm) {
  const failed = Promise.withResolvers<never>()
  const { api, terminate } = startExportWorker(failed.reject)
  try {
    const texture = new Uint8Array(await files.png.arrayBuffer())
    const wanted = { mesh: seen.mesh, texture, size, format }
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
