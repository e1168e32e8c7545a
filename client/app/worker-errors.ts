import * as Comlink from 'comlink'

interface Serialized {
  isError: boolean
  value: Told
}

/** What an error says besides its message. */
interface Told {
  code?: unknown
  details?: unknown
}

/**
 * Lets errors keep their `code` and `details` on the way out of this worker, of which the page makes their sentence in its
 * language: Comlink by itself keeps name, message and stack. Call it before `expose`.
 */
export function keepErrorCodes(): void {
  const plain = Comlink.transferHandlers.get('throw')!
  Comlink.transferHandlers.set('throw', {
    ...plain,
    serialize(thrown: { value: Told }) {
      const [serialized, transferables] = plain.serialize(thrown) as [Serialized, Transferable[]]
      if (serialized.isError) {
        const { code, details } = thrown.value
        Object.assign(serialized.value, { code, details })
      }
      return [serialized, transferables]
    },
  } as Comlink.TransferHandler<unknown, unknown>)
}
