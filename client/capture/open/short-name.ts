/** The longest name that fits into a sentence. */
const longest = 60

/**
 * A file's name, an address or whatever was given for one, fit for a sentence: its middle left out where it is too long, line
 * breaks and the like made spaces.
 */
export function shortName(given: string): string {
  const name = given.replaceAll(/\p{Cc}/gu, ' ')
  if (name.length <= longest) return name
  const kept = longest / 2
  return `${name.slice(0, kept).trimEnd()} ... ${name.slice(1 - kept).trimStart()}`
}
