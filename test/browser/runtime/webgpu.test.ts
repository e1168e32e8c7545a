import { afterEach, describe, expect, it } from 'vitest'
import { toOnnx } from '../../../client/graph/onnx.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { DeviceLostError, type HostTensor, type Runtime } from '../../../client/runtime/runtime.ts'
import { requestDevice, webgpuRuntime } from '../../../client/runtime/webgpu.ts'
import { randomArray } from '../../support/random.ts'
import { wasmFiles } from '../../support/wasm.ts'

const floats = (dims: number[], data: Float32Array): HostTensor => ({ type: 'float32', dims, data })
const x = floats([1, 16, 24, 24], randomArray(16 * 576, 1))
const w = floats([16, 16, 3, 3], randomArray(16 * 144, 2))

const convolutions = () => {
  const weights = input('w', w.dims)
  const y = g.conv(g.conv(input('x', x.dims), weights), weights)
  return toOnnx({ y, total: g.sum(y) }).bytes
}

let runtime: Runtime | null = null
afterEach(async () => {
  await runtime?.dispose()
  runtime = null
})

async function start(): Promise<{ device: GPUDevice; runtime: Runtime }> {
  const device = await requestDevice()
  runtime = await webgpuRuntime({ wasmFiles, device })
  return { device, runtime }
}

/** Loses the device in the middle of a step, however fast the adapter is: with commands submitted, none awaited. */
function destroyAtNextSubmit(device: GPUDevice): void {
  const submit = device.queue.submit.bind(device.queue)
  device.queue.submit = (commands) => {
    submit(commands)
    device.destroy()
  }
}

describe('webgpu', () => {
  it('says what it runs on', async () => {
    const { runtime } = await start()
    expect(runtime.provider).toBe('webgpu')
    expect(runtime.reason).toMatch(/^WebGPU on .+\.$/)
  })

  it('has the limits of the adapter', async () => {
    const adapter = (await navigator.gpu.requestAdapter())!
    const { device } = await start()
    expect(device.limits.maxBufferSize).toBe(adapter.limits.maxBufferSize)
    expect(device.limits.maxStorageBufferBindingSize).toBe(adapter.limits.maxStorageBufferBindingSize)
  })

  it.each([
    ['while a step is under way', []],
    ['while a step with a loss on the host is under way', ['total']],
  ])('reports a device that is lost %s; a new runtime goes on', async (_, onHost) => {
    const lost = await start()
    const session = await lost.runtime.session(convolutions(), { onHost })
    const before = await session.run({ x, w })
    const checkpoint = await before.y.read()

    destroyAtNextSubmit(lost.device)
    const values = [session.run({ x, w }), session.run({ x, w })].map(async (run) => (await run).y.read())
    const outcomes = await Promise.allSettled(values)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    for (const outcome of outcomes)
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(DeviceLostError)
    await expect(before.y.read()).rejects.toThrow('lost')
    await expect(lost.runtime.upload(x)).rejects.toThrow(DeviceLostError)
    before.y.dispose()
    await lost.runtime.dispose()

    const { runtime } = await start()
    const again = await (await runtime.session(convolutions(), { onHost })).run({ x, w })
    expect(await again.y.read()).toEqual(checkpoint)
  })

  it('reports what the device complains of instead of computing on', async () => {
    const { device, runtime } = await start()
    const session = await runtime.session(toOnnx({ y: g.relu(input('x', [4])) }).bytes)
    const feeds = { x: floats([4], Float32Array.of(-1, 0, 1, 2)) }
    device.createBuffer({ size: 16, usage: 0 })
    await expect(session.run(feeds)).rejects.toThrow('The graphics device reported')
    const { y } = await session.run(feeds)
    expect([...(await y.read())]).toEqual([0, 0, 1, 2])
  })

  it('refuses a tensor that is larger than the device allows, and goes on', async () => {
    const { device, runtime } = await start()
    const tooMany = device.limits.maxBufferSize / 4 + 4
    const large = await runtime.session(toOnnx({ y: g.expand(input('x', [1]), [tooMany]) }).bytes)
    await expect(large.run({ x: floats([1], Float32Array.of(1)) })).rejects.toThrow('max buffer size')
    const small = await runtime.session(toOnnx({ y: g.expand(input('x', [1]), [3]) }).bytes)
    const { y } = await small.run({ x: floats([1], Float32Array.of(7)) })
    expect([...(await y.read())]).toEqual([7, 7, 7])
  })

  it('frees everything on dispose, whatever the caller left', async () => {
    const { device, runtime } = await start()
    const session = await runtime.session(toOnnx({ y: g.relu(input('x', [4])) }).bytes)
    const { y } = await session.run({ x: floats([4], new Float32Array(4)) })
    await runtime.dispose()
    expect((await device.lost).reason).toBe('destroyed')
    y.dispose()
    await session.release()
    await expect(runtime.upload(x)).rejects.toThrow('was disposed')
  })
})
