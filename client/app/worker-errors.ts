import * as Comlink from 'comlink'

interface Serialized {
  isError: boolean
  value: { code?: unknown }
}

/**
 * Lets errors keep their `code` on the way out of this worker, from which the page finds their sentence in its language:
 * Comlink by itself keeps name, message and stack. Call it before `expose`.
 */
export function keepErrorCodes(): void {
  const plain = Comlink.transferHandlers.get('throw')!
  Comlink.transferHandlers.set('throw', {
    ...plain,
    serialize(thrown: { value: { code?: unknown } }) {
      const [serialized, transferables] = plain.serialize(thrown) as [Serialized, Transferable[]]
      if (serialized.isError) serialized.value.code = thrown.value.code
      return [serialized, transferables]
    },
  } as Comlink.TransferHandler<unknown, unknown>)
}
