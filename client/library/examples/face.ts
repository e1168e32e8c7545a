import { capture, completeHead, type PhotoSource, refine, toGlb } from 'facerefiner'

/** From a photo to a head in 3D, or its face alone where that is better: the same lines in a page, in a web worker and in Node. */
export async function faceOf(photo: PhotoSource, say: (words: string) => void) {
  const face = await capture(photo, { onStage: say })
  const refined = await refine(face, {
    preset: 'draft',
    onProgress: ({ fraction }) => say(`${Math.round(100 * fraction)}%`),
  })
  say('Completing the head')
  const head = await completeHead(face, refined)
  const files = { texture: 'webp', size: 512 } as const
  const glb = await (head.whyFaceAlone ? toGlb(face, refined, files) : toGlb(head, files))
  return { glb, png: refined.png, summary: refined.summary }
}
