import { expect, it } from 'vitest'
import { commitRequest, createRequest } from '../../../../worker/contract/contract.ts'
import { safelyParsed } from '../../../../worker/contract/safely-parsed.ts'

const incomparable = JSON.parse('{"length":{"toString":1,"valueOf":1}}')

it('refuses what cannot be compared, where the schema by itself throws', () => {
  expect(() => commitRequest.safeParse({ title: incomparable })).toThrow(TypeError)
  const parsed = safelyParsed(commitRequest, { title: incomparable })
  expect(parsed).toMatchObject({ success: false, error: { issues: [{ path: [] }] } })
  expect(safelyParsed(createRequest, { parts: incomparable }).success).toBe(false)
})

it('is the schema otherwise', () => {
  expect(safelyParsed(commitRequest, { title: ' a ' })).toEqual({ success: true, data: { title: 'a' } })
  expect(safelyParsed(commitRequest, { title: 1 }).error?.issues[0].path).toEqual(['title'])
})
