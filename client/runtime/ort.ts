/**
 * The Runtime interface over an onnxruntime module. The providers (node.ts, wasm.ts, webgpu.ts) say which module, with
 * which options, and where tensors live; sessions, values, checks and errors are the same for all of them.
 */
import type * as Ort from 'onnxruntime-web'
import type { Queue } from './queue.ts'
import { type RunsOn, reasonOf } from './runs-on.ts'
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
  runsOn: RunsOn
  ort: Pick<typeof Ort, 'InferenceSession' | 'Tensor'>
  /**
   * One queue for each onnxruntime module, not for each session: the module has one stack and one "session being
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

type Feeds = Readonly<Record<string, Value | HostTensor>>

class OrtRuntime implements Runtime {
  readonly provider: Provider
  readonly runsOn: RunsOn
  readonly reason: string
  readonly backend: OrtBackend
  readonly values = new Set<OrtValue>()
  readonly sessions = new Set<OrtSession>()
  disposed = false

  constructor(backend: OrtBackend) {
    this.provider = backend.provider
    this.runsOn = backend.runsOn
    this.reason = reasonOf(backend.runsOn)
    this.backend = backend
  }

  async upload(tensor: HostTensor): Promise<Value> {
    this.assertAlive()
    checkLength(tensor)
    const { device, ort } = this.backend
    if (!device) return new OrtValue(this, hostTensor(ort, { ...tensor, data: tensor.data.slice() }))
    return this.enqueue(async () => new OrtValue(this, device.upload(tensor)))
  }

  async session(model: Uint8Array, options: { onHost?: readonly string[] } = {}): Promise<Session> {
    this.assertAlive()
    const session = new OrtSession(this, model, options.onHost ?? [])
    await this.enqueue(() => session.open())
    this.sessions.add(session)
    return session
  }

  async dispose(): Promise<void> {
    if (this.disposed) return
    for (const value of [...this.values]) value.dispose()
    for (const session of [...this.sessions]) void session.release()
    this.disposed = true
    await this.backend.queue.add(async () => this.backend.device?.dispose())
  }

  /** Runs a job when all earlier ones are done, watching the device where there is one. */
  enqueue<T>(job: () => Promise<T>): Promise<T> {
    const { device, queue } = this.backend
    return queue.add(() => (device ? device.guard(job) : job()))
  }

  /** Frees something when all earlier jobs are done. On a lost device there may be nothing left to free. */
  free(job: () => unknown): Promise<void> {
    return this.backend.queue.add(async () => void (await job())).catch(() => {})
  }

  assertAlive(): void {
    if (this.disposed) throw new Error(`This ${this.provider} runtime was disposed: make a new one.`)
  }
}

class OrtValue implements Value {
  readonly type: HostTensor['type']
  readonly dims: readonly number[]
  readonly #runtime: OrtRuntime
  readonly #from: Loaded | null
  #tensor: Ort.Tensor | null

  /** `from`: the session that it is an output of. */
  constructor(runtime: OrtRuntime, tensor: Ort.Tensor, from: Loaded | null = null) {
    this.type = tensor.type as HostTensor['type']
    this.dims = tensor.dims
    this.#runtime = runtime
    this.#tensor = tensor
    // Outputs in host memory are copies that no longer need their session.
    this.#from = tensor.location === 'cpu' ? null : from
    this.#from?.outputs.add(this)
    runtime.values.add(this)
  }

  async read(): Promise<HostTensor['data']> {
    const tensor = this.tensorOf(this.#runtime)
    if (tensor.location === 'cpu') return (tensor.data as Float32Array).slice()
    return this.#runtime.enqueue(() => this.#runtime.backend.device!.read(tensor))
  }

  dispose(): void {
    if (this.#runtime.disposed) return
    const tensor = this.tensorOf(this.#runtime)
    this.#tensor = null
    this.#runtime.values.delete(this)
    void this.#runtime.free(async () => {
      this.#from?.outputs.delete(this)
      tensor.dispose()
      await this.#from?.releaseIfUnused()
    })
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

/**
 * A session of onnxruntime and its outputs that are alive on the device. They use the session's allocator: releasing
 * the session first makes the module crash when they are freed.
 */
class Loaded {
  readonly session: Ort.InferenceSession
  readonly outputs = new Set<OrtValue>()
  #wanted = true

  constructor(session: Ort.InferenceSession) {
    this.session = session
  }

  /** To be called from within the queue, like {@link releaseIfUnused}. */
  async release(): Promise<void> {
    this.#wanted = false
    await this.releaseIfUnused()
  }

  async releaseIfUnused(): Promise<void> {
    if (!this.#wanted && this.outputs.size === 0) await this.session.release()
  }
}

class OrtSession implements Session {
  inputNames: readonly string[] = []
  outputNames: readonly string[] = []
  readonly #runtime: OrtRuntime
  readonly #model: Uint8Array
  readonly #onHost: readonly string[]
  #inputs: readonly Ort.InferenceSession.ValueMetadata[] = []
  #loaded: Loaded | null = null
  #released = false

  constructor(runtime: OrtRuntime, model: Uint8Array, onHost: readonly string[]) {
    this.#runtime = runtime
    this.#model = model
    this.#onHost = onHost
  }

  /** To be called from within the queue. */
  async open(): Promise<Loaded> {
    const { ort, options, device } = this.#runtime.backend
    // Names of outputs are known only once the session exists, so the map answers for any name.
    const preferredOutputLocation = new Proxy({} as Record<string, Ort.Tensor.DataLocation>, {
      get: (_, name) => (this.#onHost.includes(String(name)) ? 'cpu' : 'gpu-buffer'),
    })
    const session = await ort.InferenceSession.create(this.#model, {
      ...options,
      ...(device && { preferredOutputLocation }),
      // Failures are thrown; onnxruntime would print them as well.
      logSeverityLevel: 4,
    }).catch((cause) => {
      throw explain(`The graph could not be loaded by ${this.#runtime.provider}`, cause)
    })
    this.inputNames = session.inputNames
    this.outputNames = session.outputNames
    this.#inputs = session.inputMetadata
    const unknown = this.#onHost.filter((name) => !this.outputNames.includes(name))
    if (unknown.length > 0) {
      await session.release()
      throw new Error(`onHost names ${list(unknown)}, but the graph's outputs are ${list(this.outputNames)}.`)
    }
    this.#loaded = new Loaded(session)
    return this.#loaded
  }

  async run(feeds: Feeds): Promise<Record<string, Value>> {
    this.#runtime.assertAlive()
    if (this.#released) throw new Error('This session was released: make a new one.')
    const tensors = this.#tensors(feeds)
    return this.#runtime.enqueue(async () => {
      const loaded = this.#loaded ?? (await this.open())
      try {
        const outputs = Object.entries(await loaded.session.run(tensors, { logSeverityLevel: 4 }))
        return Object.fromEntries(
          outputs.map(([name, tensor]) => [name, new OrtValue(this.#runtime, tensor, loaded)]),
        )
      } catch (cause) {
        // A session with outputs on the device keeps the bindings of a run that failed and would silently use them
        // for the next one. The next run therefore gets a fresh session.
        this.#loaded = null
        await loaded.release().catch(() => {})
        throw explain(`The graph could not be run by ${this.#runtime.provider}`, cause)
      }
    })
  }

  async release(): Promise<void> {
    if (this.#released) return
    this.#released = true
    this.#runtime.sessions.delete(this)
    await this.#runtime.free(() => this.#loaded?.release())
  }

  #tensors(feeds: Feeds): Record<string, Ort.Tensor> {
    const inputs = `its inputs are ${list(this.inputNames)}`
    const unknown = Object.keys(feeds).filter((name) => !this.inputNames.includes(name))
    if (unknown.length > 0) throw new Error(`The graph has no input ${list(unknown)}; ${inputs}.`)
    const tensors: Record<string, Ort.Tensor> = {}
    for (const wanted of this.#inputs) {
      const feed = feeds[wanted.name]
      if (!feed) throw new Error(`The graph's input "${wanted.name}" was not fed; ${inputs}.`)
      if (wanted.isTensor && !(feed.type === wanted.type && fits(feed.dims, wanted.shape)))
        throw new Error(
          `The graph's input "${wanted.name}" must be ${wanted.type} of shape [${wanted.shape}], ` +
            `but ${feed.type} of shape [${feed.dims}] was fed.`,
        )
      if (feed instanceof OrtValue) tensors[wanted.name] = feed.tensorOf(this.#runtime)
      else
        tensors[wanted.name] = hostTensor(
          this.#runtime.backend.ort,
          feed as HostTensor,
          `The graph's input "${wanted.name}"`,
        )
    }
    return tensors
  }
}

function hostTensor(ort: OrtBackend['ort'], tensor: HostTensor, what?: string): Ort.Tensor {
  checkLength(tensor, what)
  return new ort.Tensor(tensor.type, tensor.data as Float32Array, [...tensor.dims])
}

function checkLength({ data, dims }: HostTensor, what = 'A tensor'): void {
  const size = dims.reduce((product, dim) => product * dim, 1)
  if (data?.length !== size)
    throw new Error(`${what} of shape [${dims}] holds ${size} values, but ${data?.length} were given.`)
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
