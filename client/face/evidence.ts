/**
 * Where a texel's colour comes from, see `evidence` in {@link Capture}: nowhere (it is invented), the photo, the photo's other
 * half, or a texture from elsewhere.
 */
export const Evidence = { none: 0, own: 1, mirrored: 2, external: 3 } as const
export type EvidenceValue = (typeof Evidence)[keyof typeof Evidence]
