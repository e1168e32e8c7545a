import { describe, expect, test } from 'vitest'
import type { Upload } from '../../../worker/contract/contract.ts'
import { limits } from '../../../worker/limits.ts'
import {
  call,
  commit,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  openSession,
  partsWithPhoto,
  publish,
  put,
  putAll,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
const withPhoto = await partsWithPhoto()
isolateTests()

const photoKeys = async () => (await storedKeys()).filter((key) => key.includes('/photo.jpg/'))

describe('the photo', () => {
  test('goes along where it is declared: stored, named, served, shown', async () => {
    const { id, result } = await publish(withPhoto)
    const photo = result.parts.find(({ name }) => name === 'photo.jpg')!
    expect(photo).toMatchObject({
      url: `/api/results/${id}/parts/photo.jpg`,
      bytes: withPhoto['photo.jpg'].length,
    })
    const response = await call(photo.url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(response.headers.get('content-disposition')).toBe('inline; filename="photo.jpg"')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(withPhoto['photo.jpg'])
    const html = await (await call(`/r/${id}`)).text()
    expect(html).toContain(`src="${photo.url}"`)
  })

  test('is nowhere in a result without one', async () => {
    const { id, result } = await publish(parts)
    expect(result.parts.map(({ name }) => name)).toEqual(['texture.png', 'face.glb', 'preview.jpg'])
    expect((await call(`/api/results/${id}/parts/photo.jpg`)).status).toBe(404)
    expect(await (await call(`/r/${id}`)).text()).not.toContain('photo.jpg')
    expect(await photoKeys()).toEqual([])
  })

  test('that was not declared is not stored', async () => {
    const upload = await create(parts)
    const response = await put(upload, 'photo.jpg', withPhoto['photo.jpg'])
    expect(response.status).toBe(422)
    expect(await errorOf(response)).toMatchObject({ code: 'not-declared', part: 'photo.jpg' })
    expect(await photoKeys()).toEqual([])
  })

  test('that was declared must arrive', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, parts)
    expect(await errorOf(await commit(upload))).toMatchObject({ code: 'part-missing', part: 'photo.jpg' })
    await put(upload, 'photo.jpg', withPhoto['photo.jpg'])
    expect((await commit(upload)).status).toBe(200)
  })

  test('with a place and a date in it is refused and named, and nothing is published', async () => {
    const [soi, rest] = [withPhoto['photo.jpg'].subarray(0, 2), withPhoto['photo.jpg'].subarray(2)]
    const exif = [0xff, 0xe1, 0, 8, ...new TextEncoder().encode('Exif\0\0')]
    const telling = { ...parts, 'photo.jpg': Uint8Array.from([...soi, ...exif, ...rest]) }
    const upload = await create(telling)
    await putAll(upload, telling)
    const response = await commit(upload)
    expect(response.status).toBe(422)
    const error = await errorOf(response)
    expect(error).toMatchObject({ code: 'jpeg-segment', part: 'photo.jpg' })
    expect(error.hint).toContain('EXIF')
    expect((await call(`/r/${upload.id}`)).status).toBe(404)
  })

  test('that is too large is refused when it is declared', async () => {
    const declared = {
      ...declare(parts),
      'photo.jpg': { bytes: limits.parts['photo.jpg'].maxBytes + 1, sha256: '0'.repeat(64) },
    }
    const response = await call('/api/results', { token: await openSession(), json: { parts: declared } })
    expect(response.status).toBe(400)
    expect(await storedKeys()).toEqual([])
  })

  test('can be taken back before it is published: its bytes go at once', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, withPhoto)
    expect(await photoKeys()).toHaveLength(1)
    const response = await call(`/api/results/${upload.id}/parts`, {
      method: 'PATCH',
      token: upload.owner,
      json: { parts: { 'photo.jpg': null } },
    })
    expect(response.status).toBe(200)
    expect((await response.json<Upload>()).parts.map(({ name }) => name)).not.toContain('photo.jpg')
    expect(await photoKeys()).toEqual([])
    expect((await commit(upload)).status).toBe(200)
    expect((await call(`/api/results/${upload.id}/parts/photo.jpg`)).status).toBe(404)
  })

  test('is gone with its result, from the bucket and the cache', async () => {
    const { id, owner } = await publish(withPhoto)
    const address = `/api/results/${id}/parts/photo.jpg`
    expect((await call(address)).status).toBe(200)
    expect((await call(`/api/results/${id}`, { method: 'DELETE', token: owner })).status).toBe(204)
    expect((await call(address)).status).toBe(404)
    expect(await storedKeys()).toEqual([])
  })
})
