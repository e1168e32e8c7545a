/** What a texel knows, see `evidence` in {@link Capture}. */
export const Evidence = { none: 0, own: 1, mirrored: 2, external: 3 } as const
export type EvidenceValue = (typeof Evidence)[keyof typeof Evidence]
