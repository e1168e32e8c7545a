/** The longest name that fits into a sentence. */
const longest = 60

/**
 * A file's name, or an address, fit for a sentence: the middle of a long one is left out, control characters become spaces.
 */
export function shortName(given: string): string {
  const name = given.replaceAll(/\p{Cc}/gu, ' ')
  if (name.length <= longest) return name
  const kept = longest / 2
  return `${name.slice(0, kept).trimEnd()} ... ${name.slice(1 - kept).trimStart()}`
}
