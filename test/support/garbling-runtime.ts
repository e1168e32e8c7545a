import type { HostTensor, Runtime, Session, Value } from '../../client/runtime/runtime.ts'

/** A number that passes between a run and its device, in the order in which a run passes them. */
export interface Passage {
  way: 'upload' | 'read' | 'output'
  /** Of an output: its name. */
  name: string | null
  /** Which of its kind, and where it has a name, of its name: from 0. */
  count: number
}

export const nameOf = ({ way, name, count }: Passage) => `${way} ${name ?? ''} ${count}`

/**
 * A runtime that changes what passes through it.
 *
 * @param garble what becomes of the numbers; null: they stay. The data are not to be changed in place
 */
export function garblingRuntime(
  runtime: Runtime,
  garble: (passage: Passage, data: Float32Array) => Float32Array | null,
): Runtime {
  const counts = new Map<string, number>()
  const passing = (way: Passage['way'], name: string | null, data: HostTensor['data']) => {
    const key = `${way} ${name}`
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    return data instanceof Float32Array ? garble({ way, name, count }, data) : null
  }
  const wrapped = (value: Value): Value => ({
    type: value.type,
    dims: value.dims,
    dispose: () => value.dispose(),
    async read() {
      const data = await value.read()
      return passing('read', null, data) ?? data
    },
  })
  /** Those of the runtime itself, by their wraps. */
  const inner = new WeakMap<Value, Value>()
  const wrap = (value: Value) => {
    const outer = wrapped(value)
    inner.set(outer, value)
    return outer
  }
  const upload = async (tensor: HostTensor) => {
    const data = passing('upload', null, tensor.data) ?? tensor.data
    return wrap(await runtime.upload({ ...tensor, data }))
  }
  const session = async (...given: Parameters<Runtime['session']>): Promise<Session> => {
    const made = await runtime.session(...given)
    return {
      inputNames: made.inputNames,
      outputNames: made.outputNames,
      release: () => made.release(),
      async run(feeds) {
        const own = Object.entries(feeds).map(([name, value]) => [name, inner.get(value as Value) ?? value])
        const outputs = await made.run(Object.fromEntries(own))
        for (const [name, value] of Object.entries(outputs)) {
          const changed = passing('output', name, await value.read())
          if (!changed) continue
          value.dispose()
          outputs[name] = await runtime.upload({ type: value.type, dims: value.dims, data: changed })
        }
        return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, wrap(value)]))
      },
    }
  }
  const { provider, runsOn, reason } = runtime
  return { provider, runsOn, reason, upload, session, dispose: async () => {} }
}
