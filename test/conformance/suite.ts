import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gradient } from '../../client/graph/gradient.ts'
import { toOnnx } from '../../client/graph/onnx.ts'
import * as g from '../../client/graph/ops.ts'
import { input, topological } from '../../client/graph/tensor.ts'
import type { HostTensor, Runtime, Value } from '../../client/runtime/runtime.ts'
import { evaluate } from '../support/evaluate.ts'
import { randomArray } from '../support/random.ts'
import { cases, problemOf } from './cases.ts'

const floats = (dims: readonly number[], data: Float32Array): HostTensor => ({ type: 'float32', dims, data })

/** What every runtime must do alike. */
export function conformance(start: () => Promise<Runtime>): void {
  opsAndGradients(start)
  sessionsAndValues(start)
}

function opsAndGradients(start: () => Promise<Runtime>): void {
  describe('ops and their gradients', () => {
    const running = runtimeOf(start)

    it('has a case for every op', () => {
      const nodes = cases.flatMap((one) => topological(Object.values(problemOf(one).outputs)))
      const used = new Set(nodes.map(({ op }) => op))
      expect(Object.keys(g.ops).filter((op) => !used.has(op))).toEqual([])
    })

    it.each(cases)('$name', async (one) => {
      const { outputs, feeds } = problemOf(one)
      const model = toOnnx(outputs)
      const session = await running.runtime.session(model.bytes)
      // A gradient may not need every input.
      const needed = Object.fromEntries(model.inputs.map(({ name }) => [name, feeds[name]]))
      const results = await session.run(needed)
      const expected = evaluate(
        Object.values(outputs),
        Object.fromEntries(Object.entries(feeds).map(([name, { data }]) => [name, data])),
      )
      for (const [k, name] of Object.keys(outputs).entries()) {
        expect(results[name].dims, name).toEqual(outputs[name].shape)
        expectClose(await results[name].read(), expected[k], name)
        results[name].dispose()
      }
      await session.release()
    })
  })
}

export function sessionsAndValues(start: () => Promise<Runtime>): void {
  describe('sessions and values', () => {
    const running = runtimeOf(start)

    /** x <- x - 0.1 d/dx mean((x - target)^2), and the loss before the step. */
    const stepModel = () => {
      const x = input('x', [2, 5])
      const target = input('target', [2, 5])
      const loss = g.mean(g.square(g.sub(x, target)))
      const [dx] = gradient(loss, [x])
      return toOnnx({ x_next: g.sub(x, g.mul(dx, 0.1)), loss })
    }

    it('keeps state between steps when outputs are fed back', async () => {
      const session = await running.runtime.session(stepModel().bytes, { onHost: ['loss'] })
      const start = randomArray(10, 1)
      const target = randomArray(10, 2)
      const fixed = await running.runtime.upload(floats([2, 5], target))
      let state: Value = await running.runtime.upload(floats([2, 5], start))
      let reference = Float64Array.from(start)
      for (let step = 0; step < 5; step++) {
        const { x_next, loss } = await session.run({ x: state, target: fixed })
        const expectedLoss = reference.reduce((sum, v, k) => sum + (v - target[k]) ** 2, 0) / 10
        reference = reference.map((v, k) => v - (0.1 * 2 * (v - target[k])) / 10)
        expect((await loss.read())[0]).toBeCloseTo(expectedLoss, 5)
        // Reading must not take the value off the device.
        if (step === 2) expectClose(await x_next.read(), reference, 'state')
        state.dispose()
        loss.dispose()
        state = x_next
      }
      expectClose(await state.read(), reference, 'state')
      state.dispose()
      fixed.dispose()
      await session.release()
    })

    it('copies what is uploaded and what is read', async () => {
      const data = Float32Array.of(1, 2, 3)
      const value = await running.runtime.upload(floats([3], data))
      data.fill(9)
      const read = await value.read()
      expect([...read]).toEqual([1, 2, 3])
      read.fill(7 as never)
      expect([...(await value.read())]).toEqual([1, 2, 3])
      value.dispose()
    })

    it.each([1, 3, 4, 5, 31, 257])('carries %i elements of every type unharmed', async (length) => {
      const tensors: HostTensor[] = [
        floats([length], randomArray(length, 5)),
        { type: 'int32', dims: [length], data: Int32Array.from({ length }, (_, k) => k - 2) },
        { type: 'int64', dims: [length], data: BigInt64Array.from({ length }, (_, k) => BigInt(k) << 33n) },
        { type: 'uint8', dims: [length], data: Uint8Array.from({ length }, (_, k) => k * 7) },
        { type: 'bool', dims: [length], data: Uint8Array.from({ length }, (_, k) => k % 2) },
      ]
      for (const tensor of tensors) {
        const value = await running.runtime.upload(tensor)
        expect(value.type).toBe(tensor.type)
        expect(await value.read()).toEqual(tensor.data)
        value.dispose()
      }
    })

    it('feeds int64 indices', async () => {
      const x = input('x', [2, 3])
      const session = await running.runtime.session(
        toOnnx({ y: g.pick(x, input('index', [2, 1], 'int64')) }).bytes,
      )
      const { y } = await session.run({
        x: floats([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)),
        index: { type: 'int64', dims: [2, 1], data: BigInt64Array.of(2n, 0n) },
      })
      expect([...(await y.read())]).toEqual([3, 4])
      y.dispose()
      await session.release()
    })

    it('lets sessions of different scales share uploaded weights', async () => {
      const weights = randomArray(2 * 3 * 9, 4)
      const w = await running.runtime.upload(floats([2, 3, 3, 3], weights))
      for (const size of [4, 6]) {
        const y = g.conv(input('x', [1, 3, size, size]), input('w', [2, 3, 3, 3]))
        const session = await running.runtime.session(toOnnx({ y }).bytes)
        const x = randomArray(3 * size * size, size)
        const result = await session.run({ w, x: floats([1, 3, size, size], x) })
        expectClose(await result.y.read(), evaluate([y], { x, w: weights })[0], `${size}`)
        result.y.dispose()
        await session.release()
      }
      w.dispose()
    })

    it('keeps outputs alive beyond their session', async () => {
      const session = await running.runtime.session(toOnnx({ y: g.mul(input('x', [4]), 2) }).bytes)
      const { y } = await session.run({ x: floats([4], Float32Array.of(1, 2, 3, 4)) })
      await session.release()
      const next = await running.runtime.session(toOnnx({ z: g.mul(input('y', [4]), 3) }).bytes)
      const pending = next.run({ y })
      // Its feeds are taken when a run is asked for.
      y.dispose()
      const { z } = await pending
      expect([...(await z.read())]).toEqual([6, 12, 18, 24])
      await next.release()
      z.dispose()
    })

    it('runs after a run that was refused, and after one that failed', async () => {
      // The length is left open, so that only onnxruntime can notice that 3 and 4 do not go together.
      const session = await running.runtime.session(openLengthSum())
      const a = (length: number) => floats([length], new Float32Array(length).fill(1))
      await expect(session.run({ a: a(3) })).rejects.toThrow('"b" was not fed')
      await expect(session.run({ a: a(3), b: a(3), c: a(3) })).rejects.toThrow('no input "c"')
      await expect(session.run({ a: floats([1, 3], new Float32Array(3)), b: a(3) })).rejects.toThrow(
        'of shape [1,3]',
      )
      await expect(session.run({ a: floats([3], new Float32Array(2)), b: a(3) })).rejects.toThrow(
        'holds 3 values',
      )
      const failed = session.run({ a: a(3), b: a(4) })
      const behind = session.run({ a: a(5), b: a(5) })
      await expect(failed).rejects.toThrow('could not be run')
      const { y } = await behind
      expect([...(await y.read())]).toEqual([2, 2, 2, 2, 2])
      y.dispose()
      await session.release()
    })

    it('runs calls of different sessions one after the other', async () => {
      const sessions = await Promise.all(
        [1, 2, 3].map((factor) =>
          running.runtime.session(toOnnx({ y: g.mul(input('x', [4]), factor) }).bytes),
        ),
      )
      const x = floats([4], Float32Array.of(1, 2, 3, 4))
      const results = await Promise.all([...sessions, ...sessions].map((session) => session.run({ x })))
      const reads = await Promise.all(results.map(({ y }) => y.read()))
      expect(reads.map(([first]) => first)).toEqual([1, 2, 3, 1, 2, 3])
      for (const { y } of results) y.dispose()
      await Promise.all(sessions.map((session) => session.release()))
    })

    it('gives the same bytes for the same feeds', async () => {
      const x = input('x', [1, 16, 20, 20])
      const w = input('w', [32, 16, 3, 3])
      const features = g.relu(g.conv(x, w, undefined, { pads: [1, 1, 1, 1] }))
      const samples = g.gather(g.reshape(features, [32, 400]), input('index', [300], 'int32'))
      const loss = g.mean(g.square(samples))
      const model = toOnnx({ loss, dx: gradient(loss, [x])[0] })
      const session = await running.runtime.session(model.bytes)
      const feeds = {
        x: floats([1, 16, 20, 20], randomArray(6400, 1)),
        w: floats([32, 16, 3, 3], randomArray(4608, 2)),
        // Each place once: a GPU adds up what is scattered to one place in any order.
        index: {
          type: 'int32' as const,
          dims: [300],
          data: Int32Array.from({ length: 300 }, (_, k) => (k * 7) % 400),
        },
      }
      const once = async () => {
        const { loss, dx } = await session.run(feeds)
        const result = [await loss.read(), await dx.read()]
        loss.dispose()
        dx.dispose()
        return result
      }
      const first = await once()
      for (let k = 0; k < 3; k++) expect(await once()).toEqual(first)
      await session.release()
    })

    it('refuses values that were disposed, a second dispose, and sessions that were released', async () => {
      const value = await running.runtime.upload(floats([4], new Float32Array(4)))
      const session = await running.runtime.session(toOnnx({ y: g.relu(input('x', [4])) }).bytes)
      value.dispose()
      expect(() => value.dispose()).toThrow('was disposed before')
      await expect(value.read()).rejects.toThrow('was disposed before')
      await expect(session.run({ x: value })).rejects.toThrow('was disposed before')
      await session.release()
      await session.release()
      await expect(session.run({ x: floats([4], new Float32Array(4)) })).rejects.toThrow('was released')
    })

    it('says what is wrong with a graph', async () => {
      await expect(running.runtime.session(Uint8Array.of(1, 2, 3))).rejects.toThrow('could not be loaded')
      const model = toOnnx({ y: g.relu(input('x', [4])) }).bytes
      await expect(running.runtime.session(model, { onHost: ['loss'] })).rejects.toThrow(
        'onHost names "loss"',
      )
      const session = await running.runtime.session(model)
      expect([session.inputNames, session.outputNames]).toEqual([['x'], ['y']])
      await session.release()
    })
  })
}

/** One runtime for all tests of a `describe`. */
function runtimeOf(start: () => Promise<Runtime>): { runtime: Runtime } {
  const running = {} as { runtime: Runtime }
  beforeAll(async () => {
    running.runtime = await start()
  })
  afterAll(() => running.runtime?.dispose())
  return running
}

/** `y = a + b` for vectors of any length. */
function openLengthSum(): Uint8Array {
  const { bytes } = toOnnx({ y: g.add(input('a', [7777]), input('b', [7777])) })
  // A dimension is written as `dim_value: 7777` (08 e1 3c); in as many bytes it can be `dim_param: "n"` (12 01 6e).
  for (let k = 0; k < bytes.length - 2; k++) {
    if (bytes[k] === 0x08 && bytes[k + 1] === 0xe1 && bytes[k + 2] === 0x3c) bytes.set([0x12, 0x01, 0x6e], k)
  }
  return bytes
}

function expectClose(actual: ArrayLike<number | bigint>, expected: Float64Array, what: string): void {
  expect(actual.length, what).toBe(expected.length)
  const largest = expected.reduce((max, v) => Math.max(max, Math.abs(v)), 1)
  for (let k = 0; k < expected.length; k++) {
    const error = Math.abs(Number(actual[k]) - expected[k])
    expect(error, `${what}[${k}] is ${actual[k]}, expected ${expected[k]}`).toBeLessThan(2e-5 * largest)
  }
}
