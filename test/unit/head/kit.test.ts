import { expect, test } from 'vitest'
import { hairStyles } from '../../../client/head/hair/hair-style.ts'
import { headKit } from '../../../client/head/kit.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { ModelError, type ModelStore } from '../../../client/runtime/models.ts'

const store = diskStore()

/** The same store, which notes what is loaded, and fails as long as it is told to. */
function noting() {
  const noted = { loaded: [] as string[], fails: false }
  const load: ModelStore['load'] = async (id, onProgress, names) => {
    noted.loaded.push([id, ...(names ?? [])].join(' '))
    if (noted.fails) throw new ModelError('missing', 'The server cannot be reached.')
    return store.load(id, onProgress, names)
  }
  return { noted, store: { ...store, load } }
}

test('loads the head alone, and a style when it is asked for, each once', async () => {
  const { noted, store } = noting()
  const kit = await headKit(store)
  expect(await headKit(store)).toBe(kit)
  expect(noted.loaded).toEqual(['canonical-face', 'head'])
  const style = await kit.style('short02')
  expect(await kit.style('short02')).toBe(style)
  expect(noted.loaded.slice(2)).toEqual(['hair short02.bin short02-texture.bin'])
})

test('asks again for what could not be loaded', async () => {
  const { noted, store } = noting()
  noted.fails = true
  await expect(headKit(store)).rejects.toThrow('cannot be reached')
  noted.fails = false
  const kit = await headKit(store)
  noted.fails = true
  await expect(kit.style('bob02')).rejects.toThrow('cannot be reached')
  noted.fails = false
  expect((await kit.style('bob02')).texture.size).toBe(512)
})

test.each(hairStyles)('%s is there, with strands', async (name) => {
  const { style, texture } = await (await headKit(store)).style(name)
  expect(style.triangles.length).toBeGreaterThan(1000)
  const opaque = texture.data.filter((value, k) => k % 4 === 3 && value > 128).length / texture.size ** 2
  expect(opaque).toBeGreaterThan(0.1)
})
