import { expect, test } from 'vitest'
import { own } from '../../../client/app/own.ts'

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is in no record', (name) => {
  expect(own({ a: 1 }, name)).toBeUndefined()
  expect(own(JSON.parse(`{ "${name}": 1 }`), name)).toBe(1)
})
