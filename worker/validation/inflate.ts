/**
 * Inflates a zlib stream that must hold exactly `length` bytes; stops at the first byte too many, so that no bomb unfolds.
 *
 * @param pieces the stream, in order
 * @throws Error, the end of a sentence that begins with what was inflated
 */
export async function inflateExactly(pieces: readonly Uint8Array[], length: number): Promise<Uint8Array> {
  const inflated = new Uint8Array(length)
  let at = 0
  const stream = new Blob(pieces as Uint8Array<ArrayBuffer>[])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error('is damaged or goes on after its end')
    })
    if (done) break
    if (at + value.length > length) {
      await reader.cancel().catch(() => {})
      throw new Error(`holds more than the ${length} bytes that its size allows`)
    }
    inflated.set(value, at)
    at += value.length
  }
  if (at < length) throw new Error(`holds ${at} of the ${length} bytes that its size needs`)
  return inflated
}
