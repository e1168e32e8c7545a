import { capture, type PhotoSource, refine, toGlb } from 'facerefiner'

/** From a photo to a face in 3D: the same lines in a page, in a web worker and in Node. */
export async function faceOf(photo: PhotoSource, say: (words: string) => void) {
  const face = await capture(photo, { onStage: say })
  const refined = await refine(face, {
    preset: 'draft',
    onProgress: ({ fraction }) => say(`${Math.round(100 * fraction)}%`),
  })
  const glb = await toGlb(face, refined, { texture: 'webp', size: 512 })
  return { glb, png: refined.png, summary: refined.summary }
}
