/** An IPv4 address inside an IPv6 one: mapped (::ffff:0:0/96), or translated on the way (64:ff9b::/96). */
const carriers = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0']

/**
 * The network that counts as one visitor: an IPv4 address, or the first 64 bits of an IPv6 address, of which whoever has
 * one has as many as they like.
 *
 * @example networkOf('2001:db8:1:2::7') // -> '2001:db8:1:2::/64'
 * @example networkOf('::ffff:192.0.2.1') // -> '192.0.2.1'
 */
export function networkOf(address: string): string {
  const groups = address.includes(':') ? ipv6Groups(address) : undefined
  if (!groups) return address
  const text = groups.map((group) => group.toString(16))
  if (carriers.includes(text.slice(0, 6).join(':'))) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.')
  }
  return `${text.slice(0, 4).join(':')}::/64`
}

/** The eight groups of 16 bits, or undefined for what is no IPv6 address. */
function ipv6Groups(address: string): number[] | undefined {
  const [bare] = address.split('%')
  const halves = bare.split('::').map((half) => (half ? half.split(':').flatMap(parseGroup) : []))
  if (halves.length > 2) return undefined
  const [head, tail = []] = halves
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array<number>(missing).fill(0), ...tail]
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined
}

/** Hex digits are one group; an IPv4 address, as the last may be, is two. What is neither is NaN. */
function parseGroup(text: string): number[] {
  const bytes = text.split('.')
  if (bytes.length === 1) return [/^[0-9a-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : Number.NaN]
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) {
    return [Number.NaN]
  }
  const [a, b, c, d] = bytes.map(Number)
  return [a * 256 + b, c * 256 + d]
}
