import { expect, test } from 'vitest'
import { Store } from '../../../../client/app/journey/store.ts'

test('whoever listens is told after each change', () => {
  const store = new Store()
  const heard: boolean[] = []
  store.subscribe(() => heard.push(store.state.motion))
  store.set({ motion: false })
  store.set({ motion: true })
  expect(heard).toEqual([false, true])
})

test('a stage’s data change only while the page is there', () => {
  const store = new Store()
  let changes = 0
  store.subscribe(() => changes++)
  store.setAt('camera', { ready: true })
  expect([changes, store.state.stage.name]).toEqual([0, 'photo'])
  expect(store.at('camera')).toBeNull()
  const said = { error: null, notice: null }
  store.set({ stage: { name: 'camera', ready: false, from: { name: 'photo', behind: null }, said } })
  store.setAt('camera', { ready: true })
  expect(store.at('camera')).toMatchObject({ ready: true, from: { name: 'photo' } })
  expect(changes).toBe(2)
})

test('what begins silences what was said', () => {
  const store = new Store()
  store.set({ error: { words: 'No.', fault: null }, notice: 'Look.' })
  store.begin('Opening')
  expect(store.state).toMatchObject({
    error: null,
    notice: null,
    work: { words: 'Opening', fraction: null },
  })
})
