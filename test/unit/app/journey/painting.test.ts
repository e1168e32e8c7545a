import { beforeEach, expect, test, vi } from 'vitest'
import { sizeWith } from '../../../../client/app/choices.ts'
import { Journey } from '../../../../client/app/journey/journey.ts'
import { defaultSeed } from '../../../../client/run/choices.ts'
import { captureWorker, photo, reset, seen } from './fakes.ts'

vi.mock('../../../../client/app/workers.ts', async () => (await import('./fakes.ts')).workers)
vi.mock('../../../../client/app/kept-run.ts', async () => (await import('./fakes.ts')).keptRuns)
vi.mock('../../../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

const stroke = (x: number) => ({ radius: 1, points: [x, 1] })
const cover = { hides: 'mouth' as const, strokes: [stroke(10), stroke(11)] }
let journey: Journey
const strokes = () => journey.store.at('found')!.subject.strokes

beforeEach(async () => {
  reset()
  captureWorker.capture.mockResolvedValue(seen({ cover: cover as never }))
  journey = new Journey()
  await journey.finding.choosePhoto([photo()])
  journey.visit('found')
})

test('a cover is painted at once and taken back at once', () => {
  const { painting } = journey
  painting.paint(stroke(1))
  painting.paintCover()
  expect(strokes()).toEqual([stroke(1), ...cover.strokes])
  painting.paintCover()
  expect(strokes()).toHaveLength(3)
  painting.undoStroke()
  expect(strokes()).toEqual([stroke(1)])
  painting.undoStroke()
  expect(strokes()).toEqual([])
})

test('clearing takes back the complaint about what was painted, and no other', () => {
  const { painting, store } = journey
  for (const [fault, stays] of [
    ['no-style', false],
    ['little-shown', false],
    ['device-lost', true],
  ] as const) {
    store.set({ error: { words: 'No.', fault } })
    painting.clearStrokes()
    expect(store.state.error !== null).toBe(stays)
  }
})

test('a preset brings its size along; a size stands for itself', () => {
  const { painting, store } = journey
  painting.choosePreset('standard')
  expect(store.state.choices).toEqual({ preset: 'standard', size: 512, seed: defaultSeed })
  painting.chooseSize(1024)
  expect(store.state.choices).toEqual({ preset: 'standard', size: 1024, seed: defaultSeed })
})

test('finer is never coarser than what is there', () => {
  expect(sizeWith('draft', 0)).toBe(256)
  expect(sizeWith('draft', 1024)).toBe(1024)
  expect(sizeWith('standard', 256)).toBe(512)
})

test('another photo puts the brush away and keeps its width', async () => {
  const { painting, store, finding } = journey
  painting.useBrush(true)
  painting.sizeBrush(0.3)
  await finding.choosePhoto([photo('other.png')])
  expect(store.state.brush).toEqual({ out: false, width: 0.3 })
})
