import { describe, expect, test } from 'vitest'
import type { PendingUpload, Published, ResultRecord } from '../../../../worker/results/documents.ts'
import { type Act, may, permit, type Standing, standingOf } from '../../../../worker/results/standing.ts'

const now = Date.UTC(2026, 7, 1, 12)
const later = new Date(now + 1).toISOString()
const over = new Date(now).toISOString()

const times = { id: 'id', published: over, expires: later }
const published = { ...times, state: 'published', owner: 'hash' } as Published
const upload = { id: 'id', owner: 'hash', deadline: later } as PendingUpload
const read = <T>(document: T) => ({ document, etag: 'etag' })
const ofRecord = (record: ResultRecord) => standingOf(read(record), undefined, now)

const standings: Record<Standing['is'], Standing> = {
  nothing: standingOf(undefined, undefined, now),
  pending: standingOf(undefined, read(upload), now),
  'too-old': standingOf(undefined, read({ ...upload, deadline: over }), now),
  published: ofRecord(published),
  expired: ofRecord({ ...published, expires: over }),
  deleting: ofRecord({ ...times, state: 'deleting', owner: 'hash' }),
  'taken-down': ofRecord({ ...times, state: 'taken-down', takenDown: over, reason: 'consent' }),
}
const names = Object.keys(standings) as Standing['is'][]

test.each(names)('%s is read from the files by the clock, with their version', (name) => {
  const standing = standings[name]
  expect(standing.is).toBe(name)
  if (standing.is !== 'nothing') expect(standing).toMatchObject({ etag: 'etag', document: { id: 'id' } })
})

test('a record counts more than an upload that a broken commit left', () => {
  expect(standingOf(read(published), read(upload), now).is).toBe('published')
})

// What each act meets: it goes on, or the code of its refusal.
const outcomes: Record<Act, Record<Standing['is'], string>> = {
  show: {
    nothing: 'not-found',
    pending: 'not-found',
    'too-old': 'not-found',
    published: 'goes on',
    expired: 'not-found',
    deleting: 'not-found',
    'taken-down': 'taken-down',
  },
  own: {
    nothing: 'not-found',
    pending: 'goes on',
    'too-old': 'goes on',
    published: 'goes on',
    expired: 'goes on',
    deleting: 'goes on',
    'taken-down': 'taken-down',
  },
  send: {
    nothing: 'not-found',
    pending: 'goes on',
    'too-old': 'upload-too-old',
    published: 'already-published',
    expired: 'already-published',
    deleting: 'not-found',
    'taken-down': 'taken-down',
  },
  commitAgain: {
    nothing: 'not-found',
    pending: 'not-found',
    'too-old': 'not-found',
    published: 'goes on',
    expired: 'goes on',
    deleting: 'not-found',
    'taken-down': 'taken-down',
  },
  begin: {
    nothing: 'goes on',
    pending: 'goes on',
    'too-old': 'goes on',
    published: 'idempotency-key-used',
    expired: 'idempotency-key-used',
    deleting: 'idempotency-key-used',
    'taken-down': 'taken-down',
  },
  delete: {
    nothing: 'not-found',
    pending: 'not-found',
    'too-old': 'not-found',
    published: 'goes on',
    expired: 'goes on',
    deleting: 'goes on',
    'taken-down': 'taken-down',
  },
  takeDown: {
    nothing: 'not-found',
    pending: 'not-found',
    'too-old': 'not-found',
    published: 'goes on',
    expired: 'goes on',
    deleting: 'goes on',
    'taken-down': 'goes on',
  },
  clearUp: {
    nothing: 'not-found',
    pending: 'not-found',
    'too-old': 'not-found',
    published: 'not-found',
    expired: 'goes on',
    deleting: 'goes on',
    'taken-down': 'goes on',
  },
}

describe.each(Object.entries(outcomes))('%s', (act, expected) => {
  test.each(Object.entries(expected))('%s: %s', (name, outcome) => {
    const standing = standings[name as Standing['is']]
    expect(may(act as Act, standing)).toBe(outcome === 'goes on')
    const tried = () => permit(act as Act, standing)
    if (outcome === 'goes on') expect(tried()).toBe(standing)
    else expect(tried).toThrow(expect.objectContaining({ code: outcome }))
  })
})
