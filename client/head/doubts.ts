import type { Capture } from '../face/types.ts'

/** What makes a head less sure: `turned`, the photo shows one side of it alone. */
export type HeadDoubt = 'turned'

/** With these the face alone is the better result. */
const graveDoubts: readonly HeadDoubt[] = ['turned']

/** Degrees beyond which a photo shows one side of a head alone. */
const mostTurned = 30

export function doubtsOf({ pose }: Pick<Capture, 'pose'>): HeadDoubt[] {
  return pose && Math.abs(pose.yaw) > mostTurned ? ['turned'] : []
}

/** Why the face alone is the better result, or null: the head is as good. */
export function whyFaceAlone(doubts: readonly HeadDoubt[]): HeadDoubt | null {
  return doubts.find((doubt) => graveDoubts.includes(doubt)) ?? null
}
