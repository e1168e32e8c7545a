/** The longest name that fits into a sentence. */
const LONGEST = 60

/** A file's name, an address or whatever was given for one, with its middle left out where it is too long for a sentence. */
export function shortName(name: string): string {
  if (name.length <= LONGEST) return name
  const kept = LONGEST / 2
  return `${name.slice(0, kept).trimEnd()} ... ${name.slice(1 - kept).trimStart()}`
}
