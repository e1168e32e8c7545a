import { expect, it } from 'vitest'
import halves from '../../../evaluation/data/halves.json' with { type: 'json' }
import { halfNames, halfOf, ofHalf } from '../../../evaluation/data/halves.ts'

it('no portrait is in both halves, and they are as large', () => {
  expect(halfNames).toEqual(['tuning', 'reporting'])
  expect(new Set([...halves.tuning, ...halves.reporting]).size).toBe(26)
  expect(halves.tuning.length).toBe(halves.reporting.length)
})

it('photos are chosen by their names', () => {
  const photos = ['a/portrait-7.jpg', 'a/astronaut.png', 'a/other.jpg'].map((path) => ({ path }))
  expect(ofHalf(photos, 'reporting')).toEqual([photos[0]])
  expect(ofHalf(photos, 'tuning')).toEqual([photos[1]])
  expect(() => ofHalf([photos[2]], 'tuning')).toThrow('None of the 1 photos is in the tuning half')
})

it('a photo is in a half by its name, or in none', () => {
  expect(halfOf('some/folder/portrait-7.jpg')).toBe('reporting')
  expect(halfOf('astronaut.png')).toBe('tuning')
  expect(halfOf('portrait-70.jpg')).toBeNull()
})
