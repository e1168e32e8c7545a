/**
 * The Runtime interface over an onnxruntime module. The providers (node.ts, wasm.ts, webgpu.ts) say which module, with
 * which options, and where tensors live; sessions, values, checks and errors are the same for all of them.
 */
import type * as Ort from 'onnxruntime-web'
import type { Queue } from './queue.ts'
import {
  DeviceLostError,
  type HostTensor,
  type Provider,
  type Runtime,
  type Session,
  type Value,
} from './runtime.ts'

/** What a provider adds to what is shared. */
export interface OrtBackend {
  provider: Provider
  /** See {@link Runtime.reason}. */
  reason: string
  ort: Pick<typeof Ort, 'InferenceSession' | 'Tensor'>
  /**
   * One queue for each onnxruntime module, not for each session: the module keeps one stack and one "session being
   * created", so calls from different sessions (and from a runtime that replaces a lost one) must not overlap either.
   */
  queue: Queue
  options: Ort.InferenceSession.SessionOptions
  /** Absent where values live in host memory. */
  device?: OrtDevice
}

/** Memory of a GPU. */
export interface OrtDevice {
  upload(tensor: HostTensor): Ort.Tensor
  /** Copies to the host; the tensor stays on the device. */
  read(tensor: Ort.Tensor): Promise<HostTensor['data']>
  /**
   * Awaits work on the device.
   * @throws DeviceLostError as soon as the device is lost, or Error where the device reported a failure meanwhile.
   */
  guard<T>(work: () => Promise<T>): Promise<T>
  dispose(): void
}

export function ortRuntime(backend: OrtBackend): Runtime {
  return new OrtRuntime(backend)
}

class OrtRuntime implements Runtime {
  readonly provider: Provider
  readonly reason: string
  readonly backend: OrtBackend
  readonly sessions = new Set<OrtSession>()
  #disposed = false

  constructor(backend: OrtBackend) {
    this.provider = backend.provider
    this.reason = backend.reason
    this.backend = backend
  }

  async upload(tensor: HostTensor): Promise<Value> {
    this.assertAlive()
    const { device, queue } = this.backend
    if (!device) return new OrtValue(this, toTensor(this.backend, tensor, true))
    checkLength(tensor)
    return queue.add(() => device.guard(async () => new OrtValue(this, device.upload(tensor))))
  }

  async session(model: Uint8Array, options: { onHost?: readonly string[] } = {}): Promise<Session> {
    this.assertAlive()
    const session = new OrtSession(this, model, options.onHost ?? [])
    await this.backend.queue.add(() => session.open())
    this.sessions.add(session)
    return session
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    await Promise.all([...this.sessions].map((session) => session.release()))
    this.backend.device?.dispose()
  }

  /** Waits for the device where there is one. */
  guard<T>(work: () => Promise<T>): Promise<T> {
    return this.backend.device ? this.backend.device.guard(work) : work()
  }

  assertAlive(): void {
    if (this.#disposed) throw new Error(`This ${this.provider} runtime was disposed: make a new one.`)
  }
}

class OrtValue implements Value {
  readonly type: HostTensor['type']
  readonly dims: readonly number[]
  readonly #runtime: OrtRuntime
  #tensor: Ort.Tensor | null

  constructor(runtime: OrtRuntime, tensor: Ort.Tensor) {
    this.type = tensor.type as HostTensor['type']
    this.dims = tensor.dims
    this.#runtime = runtime
    this.#tensor = tensor
  }

  async read(): Promise<HostTensor['data']> {
    const tensor = this.tensorOf(this.#runtime)
    if (tensor.location === 'cpu') return (tensor.data as Float32Array).slice()
    const device = this.#runtime.backend.device!
    return this.#runtime.backend.queue.add(() => device.guard(() => device.read(tensor)))
  }

  dispose(): void {
    this.tensorOf(this.#runtime).dispose()
    this.#tensor = null
  }

  /** The tensor to feed to a session of `runtime`. */
  tensorOf(runtime: OrtRuntime): Ort.Tensor {
    const what = `A ${this.type} value of shape [${this.dims}]`
    if (!this.#tensor)
      throw new Error(`${what} was disposed before: read it, feed it and dispose it once, in that order.`)
    if (runtime !== this.#runtime)
      throw new Error(`${what} belongs to another runtime: upload it to this one.`)
    return this.#tensor
  }
}

class OrtSession implements Session {
  readonly #runtime: OrtRuntime
  readonly #model: Uint8Array
  readonly #onHost: readonly string[]
  #session: Ort.InferenceSession | null = null
  #released = false

  constructor(runtime: OrtRuntime, model: Uint8Array, onHost: readonly string[]) {
    this.#runtime = runtime
    this.#model = model
    this.#onHost = onHost
  }

  inputNames: readonly string[] = []
  outputNames: readonly string[] = []

  /** To be called from within the queue. */
  async open(): Promise<Ort.InferenceSession> {
    const { ort, options, device } = this.#runtime.backend
    // Names of outputs are known only once the session exists, so the map answers for any name.
    const preferredOutputLocation = new Proxy({} as Record<string, Ort.Tensor.DataLocation>, {
      get: (_, name) => (this.#onHost.includes(String(name)) ? 'cpu' : 'gpu-buffer'),
    })
    try {
      const session = await this.#runtime.guard(() =>
        ort.InferenceSession.create(this.#model, {
          ...options,
          ...(device && { preferredOutputLocation }),
          // Failures are thrown; onnxruntime would also print them.
          logSeverityLevel: 4,
        }),
      )
      this.#session = session
      this.inputNames = session.inputNames
      this.outputNames = session.outputNames
    } catch (cause) {
      throw explain(`The graph could not be loaded by ${this.#runtime.provider}`, cause)
    }
    const unknown = this.#onHost.filter((name) => !this.outputNames.includes(name))
    if (unknown.length > 0) {
      await this.#close()
      throw new Error(
        `onHost names "${unknown.join('", "')}", but the graph's outputs are ${list(this.outputNames)}.`,
      )
    }
    return this.#session
  }

  async run(feeds: Readonly<Record<string, Value | HostTensor>>): Promise<Record<string, Value>> {
    return this.#runtime.backend.queue.add(async () => {
      this.#runtime.assertAlive()
      if (this.#released) throw new Error('This session was released: make a new one.')
      const session = this.#session ?? (await this.open())
      const tensors = this.#tensors(session, feeds)
      try {
        const outputs = await this.#runtime.guard(() => session.run(tensors))
        return Object.fromEntries(
          Object.entries(outputs).map(([name, tensor]) => [name, new OrtValue(this.#runtime, tensor)]),
        )
      } catch (cause) {
        // A session with outputs on the device keeps the bindings of a run that failed and would silently use them
        // for the next one. The next run therefore gets a fresh session.
        await this.#close()
        throw explain(`The graph could not be run by ${this.#runtime.provider}`, cause)
      }
    })
  }

  async release(): Promise<void> {
    if (this.#released) return
    this.#released = true
    this.#runtime.sessions.delete(this)
    await this.#runtime.backend.queue.add(() => this.#close())
  }

  async #close(): Promise<void> {
    const session = this.#session
    this.#session = null
    // What is released after a device loss or a crash may be beyond releasing; nothing depends on it any more.
    await session?.release().catch(() => {})
  }

  #tensors(session: Ort.InferenceSession, feeds: Readonly<Record<string, Value | HostTensor>>) {
    const unknown = Object.keys(feeds).filter((name) => !session.inputNames.includes(name))
    if (unknown.length > 0)
      throw new Error(
        `The graph has no input "${unknown.join('", "')}"; its inputs are ${list(session.inputNames)}.`,
      )
    const tensors: Record<string, Ort.Tensor> = {}
    for (const wanted of session.inputMetadata) {
      const feed = feeds[wanted.name]
      if (!feed)
        throw new Error(
          `The graph's input "${wanted.name}" was not fed; its inputs are ${list(session.inputNames)}.`,
        )
      if (wanted.isTensor && !(feed.type === wanted.type && fits(feed.dims, wanted.shape)))
        throw new Error(
          `The graph's input "${wanted.name}" must be ${wanted.type} of shape [${wanted.shape}], ` +
            `but ${feed.type} of shape [${feed.dims}] was fed.`,
        )
      tensors[wanted.name] =
        feed instanceof OrtValue
          ? feed.tensorOf(this.#runtime)
          : toTensor(this.#runtime.backend, feed as HostTensor)
    }
    return tensors
  }
}

/** A tensor in host memory. `copy`: the caller may go on to change its data. */
function toTensor({ ort }: OrtBackend, tensor: HostTensor, copy = false): Ort.Tensor {
  checkLength(tensor)
  const data = copy ? tensor.data.slice() : tensor.data
  return new ort.Tensor(tensor.type, data as Float32Array, [...tensor.dims])
}

function checkLength({ data, dims }: HostTensor): void {
  const size = dims.reduce((product, dim) => product * dim, 1)
  if (data?.length !== size)
    throw new Error(`A tensor of shape [${dims}] holds ${size} values, but ${data?.length} were given.`)
}

/** Symbolic dimensions (strings) take any length. */
const fits = (dims: readonly number[], wanted: readonly (number | string)[]) =>
  dims.length === wanted.length && dims.every((dim, i) => typeof wanted[i] === 'string' || dim === wanted[i])

const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ') || 'none'

function explain(what: string, cause: unknown): Error {
  if (cause instanceof DeviceLostError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  return new Error(`${what}: ${message}`, { cause })
}
