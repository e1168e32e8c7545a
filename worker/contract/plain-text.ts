/** Halves of surrogate pairs: no UTF-8 has them, and `encodeURIComponent` throws on them. */
const halves = /\p{Cs}/gu
/** What turns the direction of the text around it. Marks that belong to one letter (LRM, RLM, ALM) stay. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g
/** More marks on one letter than any script has; they would lie over what stands above and below. */
const heaps = /(\p{M}{8})\p{M}+/gu
/** Is anything to be seen? Spaces, controls, joiners, fillers and marks alone show nothing. */
const visible = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/**
 * A line as it may be stored and shown: well-formed, without controls and without what turns the text around it. Controls
 * and line breaks become spaces.
 *
 * @returns '' where nothing of it could be seen
 * @example plainLine('a\0b\u202Ec\ud800') // -> 'a bc'
 */
export function plainLine(text: string): string {
  return plain(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))
}

/**
 * The same for a text of several lines: line breaks stay.
 *
 * @example plainLines('a\r\nb\0') // -> 'a\nb'
 */
export function plainLines(text: string): string {
  return plain(text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\n]+/gu, ' '))
}

/** Does a text stand as {@link plainLine} would leave it? */
export function isPlainLine(text: string): boolean {
  return text === plainLine(text)
}

function plain(text: string): string {
  const cleaned = text.replace(halves, '').replace(turning, '').replace(heaps, '$1').trim()
  return visible.test(cleaned) ? cleaned : ''
}
