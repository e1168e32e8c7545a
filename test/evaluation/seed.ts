/** A whole number of 32 bits that follows from a text (FNV-1a): the same case is drawn alike in every run. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
