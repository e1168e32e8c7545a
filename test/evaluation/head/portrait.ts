/** A portrait as the pipeline sees it on the way to its head. */

import { captureLocated } from '../../../client/capture/capture.ts'
import { chooseFace } from '../../../client/capture/find/choose-face.ts'
import { locateFace } from '../../../client/capture/locate/locate-face.ts'
import { doubtsOf, type HeadDoubt, whyFaceAlone } from '../../../client/head/doubts.ts'
import { chooseStyle } from '../../../client/head/hair/choose-style.ts'
import { type HeadInPhoto, headInPhoto } from '../../../client/head/head-in-photo.ts'
import type { HeadKit } from '../../../client/head/kit.ts'
import type { Photo } from '../../../client/image/photo.ts'
import type { ModelStore } from '../../../client/runtime/models.ts'

export interface Portrait {
  head: HeadInPhoto
  decision: Decision
}

export type StyleClass = 'none' | 'photo' | 'short' | 'long' | 'frizzy'

/** What `auto` makes of a photo. */
export interface Decision {
  style: ReturnType<typeof chooseStyle>
  styleClass: StyleClass
  cover: 'head' | 'face'
  doubts: HeadDoubt[]
}

/** @throws CaptureError */
export async function portraitOf(
  photo: Photo,
  kit: HeadKit,
  store: ModelStore,
  size: number,
): Promise<Portrait> {
  const { face } = await chooseFace(photo, 0, { store })
  const located = await locateFace(photo, face, { store })
  const capture = captureLocated(photo, located, { size })
  const head = headInPhoto(capture, { photo, person: located.person }, kit)
  return { head, decision: decide(head) }
}

function decide(head: HeadInPhoto): Decision {
  const style = chooseStyle(head.map)
  const doubts = doubtsOf(head)
  const cover = whyFaceAlone(doubts) ? 'face' : 'head'
  return { style, styleClass: styleClass(style), cover, doubts }
}

export function styleClass(style: Decision['style']): StyleClass {
  if (style === 'none' || style === 'photo') return style
  if (style === 'afro01') return 'frizzy'
  return style.startsWith('short') ? 'short' : 'long'
}
