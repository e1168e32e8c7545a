import { expect, test } from 'vitest'
import type { Upload } from '../../../worker/contract/contract.ts'
import { limits } from '../../../worker/limits.ts'
import { headParts } from '../../support/parts.ts'
import {
  call,
  commit,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  openSession,
  publish,
  putAll,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
const withHead = { ...parts, ...(await headParts(parts)) }
isolateTests()

const headKeys = async () => (await storedKeys()).filter((key) => key.includes('/head.glb/'))

test('a head is stored, named, served, shown and offered', async () => {
  const { id, result } = await publish(withHead, { visibility: 'listed' })
  const address = `/api/results/${id}/parts/head.glb`
  expect(result.parts.find(({ name }) => name === 'head.glb')).toMatchObject({
    url: address,
    bytes: withHead['head.glb'].length,
  })
  const response = await call(address)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('model/gltf-binary')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="head.glb"')
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(withHead['head.glb'])

  const html = await (await call(`/r/${id}`)).text()
  expect(html).toContain(`data-glb="${address}"`)
  expect(html).toContain(`class="button primary" href="${address}?download"`)
  expect(html).toContain(`class="button" href="/api/results/${id}/parts/face.glb?download"`)
  expect(html).toMatch(/<h1[^>]*>A 3D head<\/h1>/)
  expect(html).toContain('content="A 3D head with a 256\u00a0px texture')
  expect(html).toContain('aria-label="The head"')
  // Its script shows what moves its face, once it is there.
  expect(html).toMatch(/<details class="expressions" [^>]*hidden/)
  const gallery = await (await call('/gallery')).text()
  expect(gallery).toContain(`data-glb="${address}"`)
  expect(gallery).toContain('A 3D head in 3D')
  const { results } = await (await call('/api/gallery')).json<{ results: { glb: string }[] }>()
  expect(results.map(({ glb }) => glb)).toEqual([address])
})

test('a result without one shows its face', async () => {
  const { id, result } = await publish(parts, { visibility: 'listed' })
  const address = `/api/results/${id}/parts/face.glb`
  expect(result.parts.map(({ name }) => name)).not.toContain('head.glb')
  expect((await call(`/api/results/${id}/parts/head.glb`)).status).toBe(404)
  const html = await (await call(`/r/${id}`)).text()
  expect(html).toContain(`data-glb="${address}"`)
  expect(html).toContain(`class="button primary" href="${address}?download"`)
  expect(html).not.toContain('head.glb')
  expect(html).not.toContain('class="expressions"')
  expect(html).not.toMatch(/3D head|The head/)
  expect(await (await call('/gallery')).text()).toContain(`data-glb="${address}"`)
})

test('a head that is none is refused and named, and nothing is published', async () => {
  const none = { ...withHead, 'head.glb': parts['face.glb'] }
  const upload = await create(none)
  await putAll(upload, none)
  const response = await commit(upload)
  expect(response.status).toBe(422)
  expect(await errorOf(response)).toMatchObject({ code: 'glb-scene', part: 'head.glb' })
  expect((await call(`/r/${upload.id}`)).status).toBe(404)
})

test('a head that is too large is refused when it is declared', async () => {
  const { maxBytes } = limits.parts['head.glb']
  const declared = { ...declare(parts), 'head.glb': { bytes: maxBytes + 1, sha256: '0'.repeat(64) } }
  const response = await call('/api/results', { token: await openSession(), json: { parts: declared } })
  expect(response.status).toBe(400)
})

test('a head can be taken back before it is published: its bytes go at once', async () => {
  const upload = await create(withHead)
  await putAll(upload, withHead)
  expect(await headKeys()).toHaveLength(1)
  const response = await call(`/api/results/${upload.id}/parts`, {
    method: 'PATCH',
    token: upload.owner,
    json: { parts: { 'head.glb': null } },
  })
  expect(response.status).toBe(200)
  expect((await response.json<Upload>()).parts.map(({ name }) => name)).not.toContain('head.glb')
  expect(await headKeys()).toEqual([])
  expect((await commit(upload)).status).toBe(200)
})
