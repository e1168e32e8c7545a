/** What every result is made of. */
export const requiredParts = ['texture.png', 'face.glb', 'preview.jpg', 'record.json', 'sampled.png'] as const

/** What some results have besides: the whole head where there is one, the photo where its owner wished it. */
export const optionalParts = ['head.glb', 'photo.jpg'] as const

/** The parts of a result, in the order in which they are uploaded. */
export const partNames = [...requiredParts, ...optionalParts] as const
export type PartName = (typeof partNames)[number]

/** Parts that anyone may read once a result is published, where it has them. */
export const publicParts = ['texture.png', 'face.glb', 'head.glb', 'preview.jpg', 'photo.jpg'] as const

/** What is shown of a result in 3D: its head, or the face where there is none. */
export function shownPart(parts: Partial<Record<PartName, unknown>>): 'head.glb' | 'face.glb' {
  return parts['head.glb'] ? 'head.glb' : 'face.glb'
}

/** What a file is, or one at an address, that is {@link shownPart} of its result. */
export function kindOf(shown: string): 'head' | 'face' {
  return shown.endsWith('head.glb') ? 'head' : 'face'
}

/** Where a part is read, and where an upload's is sent; relative to the service. */
export function partAddress(id: string, name: PartName): string {
  return `/api/results/${id}/parts/${name}`
}
