import { describe, expect, test } from 'vitest'
import { readableConditions } from '../../../worker/http/conditions.ts'
import { call, goodParts, isolateTests, publish } from '../service.ts'

const parts = await goodParts()
isolateTests()

describe('readableConditions', () => {
  test.each([
    ['if-none-match', '*'],
    ['if-none-match', 'W/"a", "b"'],
    ['if-match', '""'],
    ['if-modified-since', 'Wed, 21 Oct 2015 07:28:00 GMT'],
  ])('keeps %s: %s', (name, value) => {
    expect([...readableConditions(new Headers({ [name]: value, range: 'bytes=0-' }))]).toEqual([
      [name, value],
    ])
  })

  test.each([
    ['if-none-match', 'x'],
    ['if-none-match', '"a" "b"'],
    ['if-match', '"a'],
    ['if-modified-since', '-1'],
    ['if-unmodified-since', 'Wed, 41 Oct 2015 07:28:00 GMT'],
  ])('passes over %s: %s', (name, value) => {
    expect([...readableConditions(new Headers({ [name]: value }))]).toEqual([])
  })
})

test.each<Record<string, string>>([
  { 'if-none-match': 'x' },
  { 'if-match': 'x' },
  { 'if-modified-since': 'x' },
  { 'if-unmodified-since': '2' },
  { 'if-none-match': 'x', range: 'bytes=0-9' },
])('a part is read with %j as if it were not there', async (headers) => {
  const { id } = await publish(parts)
  for (const name of ['preview.jpg', 'preview.jpg?again']) {
    const response = await call(`/api/results/${id}/parts/${name}`, { headers })
    expect(response.status).toBe('range' in headers ? 206 : 200)
    await response.arrayBuffer()
  }
})
