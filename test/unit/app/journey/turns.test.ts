import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Store } from '../../../../client/app/journey/store.ts'
import { Turns, untilAborted } from '../../../../client/app/journey/turns.ts'
import { later, settled } from './fakes.ts'

describe('untilAborted', () => {
  const never = new Promise<never>(() => {})

  test('gives what the work gives, and fails as it fails', async () => {
    const { signal } = new AbortController()
    expect(await untilAborted(Promise.resolve(3), signal)).toBe(3)
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no')
  })

  test('throws at once when it is aborted, although the work goes on', async () => {
    const aborting = new AbortController()
    const waiting = untilAborted(never, aborting.signal)
    aborting.abort()
    await expect(waiting).rejects.toBe(aborting.signal.reason)
  })

  test('throws where it was aborted before, although the work is done', async () => {
    await expect(untilAborted(Promise.resolve(3), AbortSignal.abort())).rejects.toThrow(/aborted/)
  })

  test('what the work fails of later is nobody’s concern', async () => {
    const work = later<void>()
    const aborting = new AbortController()
    const waiting = untilAborted(work.promise, aborting.signal)
    aborting.abort()
    await expect(waiting).rejects.toBe(aborting.signal.reason)
    // An unhandled rejection would fail the run.
    work.reject(new Error('too late'))
    await settled()
  })
})

describe('a turn', () => {
  test('is aborted by the next one, whose failure alone is told', async () => {
    const store = new Store()
    const turns = new Turns(store)
    let first!: AbortSignal
    const before = turns.attempt(async (signal) => {
      first = signal
      await untilAborted(new Promise(() => {}), signal)
    })
    expect(first.aborted).toBe(false)
    const after = turns.attempt(() => Promise.reject(new Error('the second one')))
    expect(first.aborted).toBe(true)
    await Promise.all([before, after])
    expect(store.state.error?.words).toContain('the second one')
    expect(store.state.error?.fault).toBe('unforeseen')
  })

  test('that is over fails in silence', async () => {
    const store = new Store()
    const turns = new Turns(store)
    const work = later<void>()
    const attempted = turns.attempt(() => work.promise)
    turns.end()
    work.reject(new Error('too late'))
    await attempted
    expect(store.state.error).toBeNull()
  })

  test('that fails is over', async () => {
    const turns = new Turns(new Store())
    let signal!: AbortSignal
    await turns.attempt(async (given) => {
      signal = given
      throw new Error('no')
    })
    expect(signal.aborted).toBe(true)
  })
})

describe('work beside the turns', () => {
  const waits = (signal: AbortSignal) => untilAborted(new Promise<never>(() => {}), signal)
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockReset()
  })

  test('is ended by any turn, of which nothing is told', async () => {
    const turns = new Turns(new Store())
    for (const end of [() => turns.end(), () => turns.endBeside(), () => turns.attempt(async () => {})]) {
      const beside = turns.beside(waits)
      void end()
      expect(await beside).toBe(false)
    }
    expect(console.warn).not.toHaveBeenCalled()
  })

  test('that fails, by itself or with what it cannot do without, is a warning and no error', async () => {
    const store = new Store()
    const turns = new Turns(store)
    const error = new Error('no')
    expect(await turns.beside(() => Promise.reject(error))).toBe(true)
    const beside = turns.beside(waits)
    turns.fail(error)
    expect(await beside).toBe(true)
    expect(console.warn).toHaveBeenCalledTimes(2)
    expect(store.state.error).toBeNull()
    // It is over: what fails now is a turn’s.
    turns.fail(error)
    expect(store.state.error?.words).toContain('no')
  })

  test('ends no turn', async () => {
    const turns = new Turns(new Store())
    const work = later<void>()
    let signal!: AbortSignal
    const turn = turns.attempt((given) => {
      signal = given
      return work.promise
    })
    expect(await turns.beside(async () => {})).toBe(true)
    expect(signal.aborted).toBe(false)
    work.resolve()
    await turn
  })
})
