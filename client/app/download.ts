import type { TextureFormat } from '../result/glb.ts'
import type { WantedHead } from './messages.ts'
import { type Result, recordOf } from './result.ts'
import { startExportWorker } from './workers.ts'

/** `glb` and `png`: of the face. */
export type DownloadKind = 'glb' | 'png' | 'head' | 'head-texture' | 'record'

/** Sizes that a texture is offered in, besides its own: larger ones are enlarged and hold no more detail. */
export const enlargedSizes = [512, 1024, 2048] as const

export interface DownloadForm {
  /** Texels a side; of a head's texture, its height. */
  size: number
  /** How the 3D face or head holds its texture. */
  format: TextureFormat
}

const types = { glb: 'model/gltf-binary', png: 'image/png' }

/**
 * Makes a file of a result and hands it to the browser as a download.
 *
 * @throws Error where the browser cannot make it
 */
export async function download(result: Result, kind: DownloadKind, form: DownloadForm): Promise<void> {
  const { files, refined } = result
  const ownSize = form.size === refined.size
  if (kind === 'record') return save(recordOf(result), 'record.json')
  if (kind === 'png' && ownSize) return save(files.png, 'texture.png')
  if (kind === 'glb' && ownSize && form.format === 'png') return save(files.glb, 'face.glb')
  const whole = kind === 'head' || kind === 'head-texture'
  const isTexture = kind === 'png' || kind === 'head-texture'
  // Packing the GLB beside a picture as KTX2 would take many seconds for nothing.
  const made = await (whole ? makeHead : makeFace)(result, isTexture ? { ...form, format: 'png' } : form)
  const size = ownSize ? '' : `-${form.size}`
  if (isTexture) return save(made.png, `${whole ? 'head-' : ''}texture${size}.png`)
  const format = form.format === 'png' ? '' : `-${form.format}`
  // Of a face, what is not as it was made has its size in its name.
  save(made.glb, whole ? `head${size}${format}.glb` : `face-${form.size}${format}.glb`)
}

interface Made {
  png: Blob
  glb: Blob
}

/** The files of a result's head, which it must have. @throws Error where the browser cannot make them */
export function makeHead({ head, refined }: Result, form: Partial<DownloadForm> = {}): Promise<Made> {
  const { mesh, texture, png, hair } = head!
  const wanted: WantedHead = { mesh, texture, png, hair, size: refined.size, ...form }
  return exported((api) => api.head(wanted))
}

async function makeFace({ seen, files }: Result, { size, format }: DownloadForm): Promise<Made> {
  const texture = new Uint8Array(await files.png.arrayBuffer())
  return exported((api) => api.face({ mesh: seen.mesh, texture, size, format }))
}

type Exporter = ReturnType<typeof startExportWorker>['api']

async function exported(ask: (api: Exporter) => ReturnType<Exporter['face']>): Promise<Made> {
  const failed = Promise.withResolvers<never>()
  const { api, terminate } = startExportWorker(failed.reject)
  try {
    const { png, glb } = await Promise.race([ask(api), failed.promise])
    return { png: new Blob([png], { type: types.png }), glb: new Blob([glb], { type: types.glb }) }
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
