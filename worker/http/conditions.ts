/** One entity tag or several, or any (RFC 9110, 8.8.3 and 13.1). */
const tags = /^\s*(\*|(W\/)?"[\x21\x23-\x7e\x80-\xff]*"(\s*,\s*(W\/)?"[\x21\x23-\x7e\x80-\xff]*")*)\s*$/
const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

const readable: Record<string, (value: string) => boolean> = {
  'if-match': (value) => tags.test(value),
  'if-none-match': (value) => tags.test(value),
  'if-modified-since': isDate,
  'if-unmodified-since': isDate,
}

/**
 * The conditions of a request that can be read, alone. What cannot is passed over, as the RFC allows; R2 and the cache throw
 * on it.
 *
 * @example readableConditions(new Headers({ 'if-none-match': 'x', range: 'bytes=0-' })) // -> no headers
 */
export function readableConditions(headers: Headers): Headers {
  const conditions = new Headers()
  for (const [name, isReadable] of Object.entries(readable)) {
    const value = headers.get(name)
    if (value !== null && isReadable(value)) conditions.set(name, value)
  }
  return conditions
}

function isDate(value: string): boolean {
  return date.test(value) && !Number.isNaN(Date.parse(value))
}
