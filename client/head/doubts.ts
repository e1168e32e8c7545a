import type { HeadInPhoto } from './head-in-photo.ts'

/** What makes a head less sure: `turned`, the photo shows one side of it alone; `hat`, what covers it is no hair. */
export type HeadDoubt = 'turned' | 'hat'

/** With these the face alone is the better result. */
const graveDoubts: readonly HeadDoubt[] = ['turned', 'hat']

/** Degrees beyond which a photo shows one side of a head alone. */
const mostTurned = 30

export function doubtsOf({ capture: { pose }, map }: Pick<HeadInPhoto, 'capture' | 'map'>): HeadDoubt[] {
  const turned = pose !== null && Math.abs(pose.yaw) > mostTurned
  return [...(turned ? (['turned'] as const) : []), ...(map.hat ? (['hat'] as const) : [])]
}

/** Why the face alone is the better result, or null: the head is as good. */
export function whyFaceAlone(doubts: readonly HeadDoubt[]): HeadDoubt | null {
  return doubts.find((doubt) => graveDoubts.includes(doubt)) ?? null
}
