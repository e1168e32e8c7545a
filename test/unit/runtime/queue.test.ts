import { expect, it } from 'vitest'
import { Queue } from '../../../client/runtime/queue.ts'

const pause = () => new Promise((resolve) => setTimeout(resolve, 1))

it('runs jobs one after the other, in order, whatever becomes of those before', async () => {
  const queue = new Queue()
  const log: string[] = []
  const job = (name: string, fails = false) =>
    queue.add(async () => {
      log.push(`${name} begins`)
      await pause()
      log.push(`${name} ends`)
      if (fails) throw new Error(`${name} failed`)
      return name
    })

  const results = await Promise.allSettled([job('a'), job('b', true), job('c')])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await job('d')).toBe('d')
})
