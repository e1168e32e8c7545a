import { describe, expect, test } from 'vitest'
import { fallsTo } from '../../../../client/head/hair/strips.ts'

describe('fallsTo', () => {
  const chin = -8
  const side = (length: number, ends: boolean) => ({ cover: 1, length, ends })

  test('takes the longer side that is seen to end, and a centimetre', () => {
    expect(fallsTo({ sides: [side(3, true), side(5, true)] }, chin)).toBe(-14)
    expect(fallsTo({ sides: [side(3, true), side(12, false)] }, chin)).toBe(-12)
    expect(fallsTo({ sides: [side(-2, true), null] }, chin)).toBe(-7)
  })

  test('falls some way below the chin where neither is seen to end, or further', () => {
    expect(fallsTo({ sides: [side(3, false), null] }, chin)).toBe(-17)
    expect(fallsTo({ sides: [side(3, false), side(14, false)] }, chin)).toBe(-23)
  })

  test('says nothing by a side that is turned away, where hair is seen to end at the ear', () => {
    expect(fallsTo({ sides: [side(-11.7, true), side(5.2, false)] }, chin)).toBe(-17)
    expect(fallsTo({ sides: [side(-11.7, true), side(5.2, true)] }, chin)).toBe(-14.2)
  })

  test('is not known where nothing is seen', () => {
    expect(fallsTo({ sides: [null, null] }, chin)).toBeNull()
  })
})
