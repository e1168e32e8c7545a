/** The longest name that fits into a sentence. */
const LONGEST = 60

/**
 * A file's name, an address or whatever was given for one, fit for a sentence: its middle left out where it is too long, line
 * breaks and the like made spaces.
 */
export function shortName(given: string): string {
  const name = given.replaceAll(/\p{Cc}/gu, ' ')
  if (name.length <= LONGEST) return name
  const kept = LONGEST / 2
  return `${name.slice(0, kept).trimEnd()} ... ${name.slice(1 - kept).trimStart()}`
}
