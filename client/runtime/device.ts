import type * as Ort from 'onnxruntime-web'
import type { OrtDevice } from './ort.ts'
import { DeviceLostError, type HostTensor } from './runtime.ts'

/** onnxruntime reads and copies 16 bytes at a time: a shorter buffer is silently misread. */
const padded = (bytes: number) => Math.max(16, Math.ceil(bytes / 16) * 16)

/** GPUBufferUsage and GPUMapMode, which the DOM library does not declare. */
const MAP_READ = 0x1
const COPY_SRC = 0x4
const COPY_DST = 0x8
const STORAGE = 0x80

/** How long work that was under way may take to settle after the loss of its device. */
const SETTLE_MS = 1000
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

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
  /** Resolves when the device is of no more use. */
  readonly #lost: Promise<DeviceLostError>
  #failure: Error | null = null

  constructor(device: GPUDevice, tensor: typeof Ort.Tensor) {
    this.#device = device
    this.#tensor = tensor
    this.#lost = new Promise((resolve) => {
      const lose = (what: string) => {
        const lost = new DeviceLostError(`${what} Make a new runtime and go on from the last checkpoint.`)
        this.#failure = lost
        resolve(lost)
      }
      device.lost.then(({ message }) => lose(`The graphics device was lost${message && ` (${message})`}.`))
      device.addEventListener('uncapturederror', ({ error }) => {
        if (error instanceof GPUOutOfMemoryError) lose('The graphics device ran out of memory.')
        else this.#failure ??= new Error(`the graphics device reported "${error.message}"`)
      })
    })
  }

  upload({ type, dims, data }: HostTensor): Ort.Tensor {
    const bytes = new Uint8Array(padded(data.byteLength))
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    const buffer = this.#device.createBuffer({ size: bytes.length, usage: STORAGE | COPY_SRC | COPY_DST })
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
      usage: MAP_READ | COPY_DST,
    })
    try {
      const commands = this.#device.createCommandEncoder()
      commands.copyBufferToBuffer(tensor.gpuBuffer as GPUBuffer, 0, staging, 0, padded(bytes))
      this.#device.queue.submit([commands.finish()])
      await staging.mapAsync(MAP_READ)
      return new array(staging.getMappedRange().slice(0, bytes))
    } finally {
      staging.destroy()
    }
  }

  async guard<T>(start: () => Promise<T>): Promise<T> {
    this.#throwFailure()
    const work = start()
    try {
      const result = await Promise.race([work, this.#lost])
      this.#throwFailure()
      return result as T
    } catch (error) {
      // The work may notice the loss before its announcement arrives.
      await Promise.race([this.#lost, wait(this.#failure ? 0 : 50)])
      if (!(this.#failure instanceof DeviceLostError)) throw error
      // Whoever comes next in the queue must not enter onnxruntime while this call is still in it.
      await Promise.race([Promise.allSettled([work]), wait(SETTLE_MS)])
      throw this.#failure
    }
  }

  dispose(): void {
    this.#device.destroy()
  }

  #throwFailure(): void {
    const failure = this.#failure
    // A lost device stays lost; any other failure is told once.
    if (!(failure instanceof DeviceLostError)) this.#failure = null
    if (failure) throw failure
  }
}
