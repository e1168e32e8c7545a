/**
 * Lets no test pass in which an integer array swallowed fractions: `map` of one gives another, so that a colour looked up for
 * each index of an Int32Array is cut off without a word.
 */
for (const kind of [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array]) {
  const { prototype } = kind as unknown as { prototype: Uint8Array }
  const { map } = prototype
  // Runs before every file, also in a process that has run others.
  if (map.name === 'mapToWhole') continue
  prototype.map = function mapToWhole(change, self) {
    return map.call(this, (value, index, array) => {
      const changed = change.call(self, value, index, array)
      if (Number.isInteger(Number(changed))) return changed
      throw new TypeError(
        `An ${kind.name} was mapped to ${changed}, which it would cut off: map a plain or a float array.`,
      )
    }) as Uint8Array<ArrayBuffer>
  }
}
