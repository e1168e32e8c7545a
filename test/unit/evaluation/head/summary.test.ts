import { describe, expect, test } from 'vitest'
import { styleClass } from '../../../evaluation/head/portrait.ts'
import { headTables, isOver, summaryOf, worstFirst } from '../../../evaluation/head/summary.ts'
import type { HeadReport, PortraitRow, VariantRow } from '../../../evaluation/head/types.ts'

const decision = (style: PortraitRow['decision']['style']): PortraitRow['decision'] => ({
  ...{ style, styleClass: styleClass(style), cover: 'head', doubts: [] },
})

function portrait(photo: string, part: Partial<PortraitRow> = {}): PortraitRow {
  return {
    ...{ photo, half: 'reporting', decision: decision('short02'), seconds: 1, heldOut: [] },
    outlines: { bare: 0.7, style: 0.8, made: 0.9 },
    rim: { colour: 1, gradient: 1 },
    ...part,
  }
}

function variant(photo: string, same: boolean | null): VariantRow {
  const original = decision('short02')
  const changed = same === null ? null : decision(same ? 'short01' : 'long01')
  const message = same === null ? 'The face is small.' : null
  return { photo, half: 'tuning', variant: 'small', decision: changed, message, same, original }
}

const report = (part: Partial<HeadReport>): HeadReport => ({
  ...{ command: 'evaluate', date: '2026-11-30', size: 256 },
  ...{ made: [], portraits: [], variants: [], failures: [] },
  ...part,
})

describe('summaryOf', () => {
  test('takes means over each half, and of outlines over short hair', () => {
    const rows = [
      portrait('a'),
      portrait('b', { half: 'tuning', rim: { colour: 1, gradient: 1.6 } }),
      portrait('c', { decision: decision('long01'), outlines: { bare: 0.5, style: null, made: 0.7 } }),
    ]
    const { portraits } = summaryOf(report({ portraits: rows }))
    expect(portraits.map(({ group, photos }) => [group, photos])).toEqual([
      ['tuning', 1],
      ['reporting', 2],
      ['all', 3],
    ])
    const [short, all] = portraits[1].outlines
    expect(short).toMatchObject({ of: 'short', photos: 1, bare: 0.7, style: 0.8, made: 0.9 })
    expect(all).toMatchObject({ photos: 2, bare: 0.6, style: 0.8 })
    expect(all.made).toBeCloseTo(0.8)
    expect(portraits.map(({ rim }) => rim.over)).toEqual([['b'], [], ['b']])
  })

  test('takes means of what was hidden by kind and fill, where there is any', () => {
    const row = (colour: number, contrast: number | null) => ({
      ...{ kind: 'hair' as const, method: 'flat' as const, texels: 500, lpips: null, told: 1 },
      ...{ colour, contrast },
    })
    const rows = [portrait('a', { heldOut: [row(4, 3)] }), portrait('b', { heldOut: [row(8, null)] })]
    expect(summaryOf(report({ portraits: rows })).portraits[0].heldOut).toEqual([
      { kind: 'hair', method: 'flat', photos: 2, colour: 6, contrast: 3, lpips: null, told: 1 },
    ])
  })

  test('takes means of errors by turn', () => {
    const error = (ears: number) => ({ ears, top: 1, back: null, neck: 1, neckWidth: -1 })
    const made = [1, 2].map((head) => ({
      ...{ head, yaw: 20, by: 'face' as const },
      error: { ...error(head), neckWidth: head === 1 ? -2 : 1 },
    }))
    expect(summaryOf(report({ made })).made).toEqual([
      {
        ...{ by: 'face', yaw: 20, heads: 2 },
        error: { ears: 1.5, top: 1, back: null, neck: 1, neckWidth: -0.5 },
        neckWidthOff: 1.5,
      },
    ])
  })

  test('counts the variants of which a head was made', () => {
    const variants = [variant('a', true), variant('b', false), variant('c', null), variant('d', false)]
    const { variants: means } = summaryOf(report({ variants }))
    expect(means.find(({ group }) => group === 'tuning')).toEqual({
      ...{ group: 'tuning', variant: 'small', photos: 3, same: 1 / 3 },
    })
  })
})

test('who is over stands out by colour or gradient', () => {
  expect(isOver(portrait('a', { rim: { colour: 1.5, gradient: 1.5 } }))).toBe(false)
  expect(isOver(portrait('a', { rim: { colour: 1.51, gradient: 1 } }))).toBe(true)
  expect(isOver(portrait('a', { rim: { colour: 1, gradient: 1.51 } }))).toBe(true)
})

test('the worst outline and the worst rim come first', () => {
  const rows = [
    portrait('fine', { outlines: { bare: null, style: null, made: 0.96 } }),
    portrait('step', { rim: { colour: 3, gradient: 1 } }),
    portrait('outline', { outlines: { bare: null, style: null, made: 0.6 } }),
  ]
  expect(worstFirst(rows).map(({ photo }) => photo)).toEqual(['outline', 'step', 'fine'])
})

test('tables name what failed, who is over and what changed', () => {
  const text = headTables(
    report({
      portraits: [portrait('odd', { rim: { colour: 1, gradient: 2 } })],
      variants: [variant('ann', false), variant('bob', null), variant('eve', true)],
      failures: [{ photo: 'wall', view: '', message: 'No face.' }],
    }),
  )
  expect(text).toContain('- wall, : No face.')
  expect(text).toContain('| reporting | 1 | 1.00 | 2.00 | odd |')
  expect(text).toContain('| reporting | short | 1 | 0.700 | 0.800 | 0.900 |')
  expect(text).toContain('- ann, small: short02, head -> long01, head')
  expect(text).toContain('- bob, small: short02, head -> The face is small.')
  expect(text).not.toContain('eve')
  expect(text).not.toContain('hidden')
})

test.each([
  ['none', 'none'],
  ['photo', 'photo'],
  ['short02', 'short'],
  ['afro01', 'frizzy'],
  ['long01', 'long'],
  ['bob02', 'long'],
] as const)('%s is of the class %s', (style, expected) => {
  expect(styleClass(style)).toBe(expected)
})
