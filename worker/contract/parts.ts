/** What every result is made of. */
export const requiredParts = ['texture.png', 'face.glb', 'preview.jpg', 'record.json', 'sampled.png'] as const

/** The parts of a result, in the order in which they are uploaded; the photo only where its owner wished it. */
export const partNames = [...requiredParts, 'photo.jpg'] as const
export type PartName = (typeof partNames)[number]

/** Parts that anyone may read once a result is published, where it has them. */
export const publicParts = ['texture.png', 'face.glb', 'preview.jpg', 'photo.jpg'] as const

/** Where a part is read, and where an upload's is sent; relative to the service. */
export function partAddress(id: string, name: PartName): string {
  return `/api/results/${id}/parts/${name}`
}
