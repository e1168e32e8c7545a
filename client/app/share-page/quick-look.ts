import { steadyFetch } from '../../runtime/steady-fetch.ts'
import { exported } from '../download.ts'
import { fromPixels } from '../pixels.ts'
import { readFace } from './read-face.ts'

/**
 * A link that opens a shared GLB in the Quick Look of iPhones, which reads USDZ alone: it is made of it here.
 *
 * @throws Error where the file does not arrive or is something else
 */
export async function quickLookLink(glb: string): Promise<HTMLAnchorElement> {
  const response = await steadyFetch(glb)
  if (!response.ok) throw new Error(`The service answered ${response.status}.`)
  const { mesh, texture, hair } = await readFace(await response.arrayBuffer())
  const { file } = await exported('usdz', (api) =>
    hair === undefined
      ? api.face({ mesh, texture: fromPixels(texture), format: 'usdz' })
      : api.head({ mesh, texture, hair, format: 'usdz' }),
  )
  const link = document.createElement('a')
  link.rel = 'ar'
  link.href = URL.createObjectURL(file)
  link.download = hair === undefined ? 'face.usdz' : 'head.usdz'
  // Quick Look takes no link without a picture.
  link.replaceChildren(document.createElement('img'))
  return link
}
