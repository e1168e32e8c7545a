import type * as Ort from 'onnxruntime-web'
import type { OrtDevice } from './ort.ts'
import { DeviceLostError, type HostTensor } from './runtime.ts'

/** onnxruntime reads and copies 16 bytes at a time: a shorter buffer is silently misread. */
const padded = (bytes: number) => Math.max(16, Math.ceil(bytes / 16) * 16)

/** GPUBufferUsage and GPUMapMode, which the DOM library does not declare. */
const mapRead = 0x1
const copySrc = 0x4
const copyDst = 0x8
const storage = 0x80

/** How long the announcement of a loss may come behind the failure that it caused. */
const announceMs = 50
/** How long work that was under way may take to settle after the loss of its device. */
const settleMs = 1000
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

const outOfMemory = /out of memory/i

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  uint8: Uint8Array,
}

/**
 * Tensors in the memory of a GPUDevice, and the failures of that device. WebGPU reports failures late and computes
 * zeros meanwhile, so what it reports is kept and thrown by the call under way or else by the next one.
 */
export class WebGpuDevice implements OrtDevice {
  readonly #device: GPUDevice
  readonly #tensor: typeof Ort.Tensor
  /** To be told when the device is of no more use: the calls under way. */
  readonly #waiting = new Set<() => void>()
  #failure: Error | null = null

  constructor(device: GPUDevice, tensor: typeof Ort.Tensor) {
    this.#device = device
    this.#tensor = tensor
    device.lost.then(({ message }) =>
      this.#lose(`The graphics device was lost${message && ` (${message.replace(/\.$/, '')})`}.`),
    )
    device.addEventListener('uncapturederror', ({ error }) => this.#fail(error.message))
  }

  upload({ type, dims, data }: HostTensor): Ort.Tensor {
    const bytes = new Uint8Array(padded(data.byteLength))
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    const buffer = this.#device.createBuffer({ size: bytes.length, usage: storage | copySrc | copyDst })
    this.#device.queue.writeBuffer(buffer, 0, bytes)
    return this.#tensor.fromGpuBuffer(buffer, {
      dataType: type,
      dims: [...dims],
      dispose: () => buffer.destroy(),
    })
  }

  /** Not `tensor.getData()`, after which the tensor counts as one of the host and is uploaded again by each run. */
  async read(tensor: Ort.Tensor): Promise<HostTensor['data']> {
    const array = arrays[tensor.type as HostTensor['type']]
    const bytes = tensor.size * array.BYTES_PER_ELEMENT
    const staging = this.#device.createBuffer({
      size: padded(bytes),
      usage: mapRead | copyDst,
    })
    try {
      const commands = this.#device.createCommandEncoder()
      commands.copyBufferToBuffer(tensor.gpuBuffer as GPUBuffer, 0, staging, 0, padded(bytes))
      this.#device.queue.submit([commands.finish()])
      await staging.mapAsync(mapRead)
      return new array(staging.getMappedRange().slice(0, bytes))
    } finally {
      staging.destroy()
    }
  }

  async guard<T>(start: () => Promise<T>): Promise<T> {
    this.#throwFailure()
    const work = start()
    // A promise of this call's own: one that lives on would keep each call's result.
    const lost = Promise.withResolvers<void>()
    this.#waiting.add(lost.resolve)
    try {
      await Promise.race([work, lost.promise])
      this.#throwFailure()
      return await work
    } catch (error) {
      // The work may notice the loss before its announcement arrives.
      await Promise.race([lost.promise, wait(announceMs)])
      if (outOfMemory.test(String(error))) this.#fail(String(error))
      if (!(this.#failure instanceof DeviceLostError)) throw error
      // Whoever comes next in the queue must not enter onnxruntime while this call is still in it.
      await Promise.race([Promise.allSettled([work]), wait(settleMs)])
      throw this.#failure
    } finally {
      this.#waiting.delete(lost.resolve)
    }
  }

  dispose(): void {
    this.#device.destroy()
  }

  #lose(what: string): void {
    this.#failure = new DeviceLostError(`${what} Make a new runtime and go on from the last checkpoint.`)
    for (const tell of this.#waiting) tell()
  }

  #fail(message: string): void {
    if (outOfMemory.test(message)) this.#lose('The graphics device ran out of memory.')
    else this.#failure ??= new Error(`The graphics device reported "${message.trim()}".`)
  }

  #throwFailure(): void {
    const failure = this.#failure
    // A lost device stays lost; any other failure is told once.
    if (!(failure instanceof DeviceLostError)) this.#failure = null
    if (failure) throw failure
  }
}
