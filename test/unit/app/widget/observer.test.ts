import { expect, test } from 'vitest'
import type { FacedSubject, ResultStage, Run, Stage } from '../../../../client/app/journey/state.ts'
import { Store } from '../../../../client/app/journey/store.ts'
import { observer } from '../../../../client/app/widget/observer.ts'
import type { News } from '../../../../client/app/widget/protocol.ts'
import { resultOfRun, settled } from '../journey/fakes.ts'

const subject = { shown: null, results: [] } as unknown as FacedSubject
const run: Run = { paused: false, runsOn: null, progress: null, secondsLeft: 12, late: false }
const refining: Stage = { name: 'refining', subject, before: null, face: null, run, view: null }

function watched() {
  const store = new Store()
  const told: News[] = []
  store.subscribe(observer(store.state, (news) => told.push(news)))
  return { store, told }
}

test('where the page is and how far, each time that it changes', () => {
  const { store, told } = watched()
  store.set({ notice: 'Look.' })
  store.set({ transfer: { loaded: 1, total: 4 } })
  store.set({ stage: refining, transfer: null })
  store.set({ notice: null })
  expect(told).toEqual([
    { type: 'progress', stage: 'photo', fraction: 0.25, secondsLeft: null },
    { type: 'progress', stage: 'refining', fraction: null, secondsLeft: 12 },
  ])
})

test('an error says whether the photo or the refinement failed', () => {
  const { store, told } = watched()
  const errors = () => told.filter(({ type }) => type === 'error')
  store.set({ error: { words: 'No face.', fault: 'no-face' } })
  store.set({ motion: false })
  store.set({ stage: refining, error: null })
  const found: Stage = { name: 'found', subject, seen: null }
  store.set({ stage: found, error: { words: 'It diverged.', fault: 'diverged' } })
  expect(errors()).toEqual([
    { type: 'error', code: 'photo', message: 'No face.' },
    { type: 'error', code: 'refinement', message: 'It diverged.' },
  ])
})

test('a result is told once, although the page goes to its photo and back', async () => {
  const { store, told } = watched()
  const glb = new Blob(['g'])
  const files = { glb, png: new Blob(['p']), sampled: glb, record: new Blob(['{"preset":"draft"}']) }
  const result = { ...resultOfRun(), files }
  const shown = { ...subject, shown: result }
  const stage = { name: 'result', subject: shown, result, comparing: null, view: null, dialog: null }
  store.set({ stage: stage as ResultStage })
  store.set({ stage: { name: 'found', subject: shown, seen: null } })
  store.set({ stage: stage as ResultStage })
  await settled()
  await settled()
  const results = told.filter(({ type }) => type === 'result')
  expect(results).toEqual([{ type: 'result', glb, texture: files.png, record: { preset: 'draft' } }])
})
