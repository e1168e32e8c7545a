import { describe, expect, it } from 'vitest'
import {
  changeRequest,
  commitRequest,
  reportRequest,
  takeDownRequest,
} from '../../../../worker/contract/contract.ts'
import { isPlainLine, plainLine, plainLines } from '../../../../worker/contract/plain-text.ts'

describe('plainLine', () => {
  it.each([
    ['what is plain already', 'Élodie, 漢字, 👩‍🚀', 'Élodie, 漢字, 👩‍🚀'],
    ['marks of scripts that run to the left', 'שלום\u200f!', 'שלום\u200f!'],
    ['half a pair at its end', 'face\ud83d', 'face'],
    ['half a pair at its beginning', '\udc00face', 'face'],
    ['controls', 'a\0b\x1b[31mc\x7fd\x85e', 'a b [31mc d e'],
    ['lines', 'a\r\nb\u2028c', 'a b c'],
    ['what turns the text around it', '\u202egpj.exe\u2066\u2069\u202a\u202c', 'gpj.exe'],
    ['heaps of marks', `Z${'\u0301'.repeat(79)}`, `Z${'\u0301'.repeat(8)}`],
    ['nothing but zero widths', '\u200b\u200d\u2060\ufeff\u00ad', ''],
    ['nothing but fillers and spaces', '\u3164\u115f\u2800\u00a0\u3000', ''],
    ['nothing but marks', '\u0301\u0301', ''],
    ['spaces around it', '  a  b ', 'a  b'],
  ])('keeps or cleans %s', (_, text, plain) => {
    expect(plainLine(text)).toBe(plain)
    expect(plainLine(plain)).toBe(plain)
    expect(isPlainLine(text)).toBe(text === plain)
    expect(() => encodeURIComponent(plainLine(text))).not.toThrow()
  })

  it('takes a text of a megabyte in a moment', () => {
    const start = performance.now()
    for (const piece of ['\u0301', '\u202e', '\ud800', ' ', '\0a']) plainLine(piece.repeat(2 ** 19))
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('plainLines', () => {
  it('keeps line breaks, and nothing else of the controls', () => {
    expect(plainLines(' one\r\ntwo\rthree\u2029four\t\0five\n')).toBe('one\ntwo\nthree\nfour five')
    expect(plainLines('\n\u200b\n')).toBe('')
  })
})

describe('the requests', () => {
  const hostile = '\u202eA\ud800\0B'
  it('hand on no text that is not plain', () => {
    expect(commitRequest.parse({ title: hostile }).title).toBe('A B')
    expect(changeRequest.parse({ title: hostile }).title).toBe('A B')
    expect(reportRequest.parse({ reason: 'other', text: hostile }).text).toBe('A B')
    expect(takeDownRequest.parse({ reason: hostile }).reason).toBe('A B')
    expect(takeDownRequest.safeParse({ reason: '\u200b' }).success).toBe(false)
    expect(commitRequest.safeParse({ title: 'x'.repeat(81) }).success).toBe(false)
  })
})
