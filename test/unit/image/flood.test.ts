import { expect, it } from 'vitest'
import { reached } from '../../../client/image/flood.ts'

it('follows what hangs together, not across corners nor around the border', () => {
  const open = [
    [1, 1, 0, 1],
    [0, 1, 0, 0],
    [1, 0, 1, 1],
    [1, 0, 0, 1],
  ].flat()
  const led = reached(
    4,
    (i) => i === 0,
    (i) => open[i] === 1,
  )
  expect([...led]).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
})
