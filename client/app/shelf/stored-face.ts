import { decodePng } from '../../result/decode-png.ts'
import type { SeenFace, SeenHead } from '../messages.ts'
import type { Pixels } from '../pixels.ts'
import type { FaceInPhoto, Result } from '../result.ts'
import type { ShelvedFace } from './shelved-face.ts'

/** A face as it lies on the disk: texels that its PNG files hold as well are left out, half of its bytes. */
export interface StoredFace extends Omit<ShelvedFace, 'result'> {
  result: Omit<Result, 'texture' | 'seen' | 'head'> & {
    /** Without `initial` where no step was taken: then it is the result's own texture. */
    seen: Omit<SeenFace, 'initial'> & Partial<Pick<SeenFace, 'initial'>>
    head?: Omit<SeenHead, 'texture'>
  }
}

/** As it was stored before a result remembered what it was made of: it was the face and the strokes of the moment. */
export interface FirstStoredFace extends Omit<ShelvedFace, 'result'>, FaceInPhoto {
  result: Omit<Result, 'of'>
}

/** What {@link restored} restores. */
export function stored({ result, ...rest }: ShelvedFace): StoredFace {
  const { texture: _, seen, head, ...others } = result
  const { initial, ...seenAlone } = seen
  const { texture: __, ...headAlone } = head ?? {}
  return {
    ...rest,
    result: {
      ...others,
      seen: result.refined.optimised ? { ...seenAlone, initial } : seenAlone,
      ...(head && { head: headAlone as Omit<SeenHead, 'texture'> }),
    },
  }
}

/** @throws RangeError where its files are not those that the page made */
export async function restored({ result, ...rest }: StoredFace): Promise<ShelvedFace> {
  const { seen, head, ...others } = result
  const texture = await pixelsOf(new Uint8Array(await result.files.png.arrayBuffer()))
  return {
    ...rest,
    result: {
      ...others,
      texture,
      seen: { initial: texture, ...seen },
      ...(head && { head: { ...head, texture: await pixelsOf(head.png) } }),
    },
  }
}

export function restoredFirst({ face, strokes, result, ...rest }: FirstStoredFace): ShelvedFace {
  return { ...rest, result: { ...result, of: { face, strokes } } }
}

/** Of a file without alpha. */
async function pixelsOf(png: Uint8Array<ArrayBuffer>): Promise<Pixels> {
  const { height, channels, pixels } = await decodePng(png)
  const data = new Uint8ClampedArray((pixels.length / channels) * 4)
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += 4) {
    for (let c = 0; c < 3; c++) data[to + c] = pixels[from + c]
    data[to + 3] = 255
  }
  return { size: height, data }
}
