/** Names, IPv4 addresses and IPv6 addresses as they stand in an origin. */
const host = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/

/**
 * The origins of a key go into headers as they are, where `*` is a pattern and `;` ends a rule; URLs take both in a host.
 *
 * @throws Error unless it is the origin of one site, as a browser sends it
 */
export function assertExactOrigin(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.origin === text && /^https?:$/.test(url.protocol) && host.test(url.hostname)) return
  throw new Error(
    `"${text}" is no origin: give scheme, host and port alone, without patterns, such as https://shop.example`,
  )
}
