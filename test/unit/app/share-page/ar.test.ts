import { expect, it } from 'vitest'
import { sceneViewerAddress } from '../../../../client/app/share-page/ar.ts'

it('hands Scene Viewer the whole address of the file, and a way back', () => {
  const glb = 'https://faces.example/api/results/abc/parts/head.glb?a=1&b=2'
  const [address, intent] = sceneViewerAddress(glb, 'https://faces.example/r/abc?x=1;y').split('#')
  const { protocol, searchParams } = new URL(address)
  expect([protocol, searchParams.get('file'), searchParams.get('mode')]).toEqual([
    'intent:',
    glb,
    'ar_preferred',
  ])
  const fields = Object.fromEntries(intent.split(';').map((field) => field.split('=')))
  expect(fields).toMatchObject({ scheme: 'https', action: 'android.intent.action.VIEW' })
  expect(decodeURIComponent(fields['S.browser_fallback_url'])).toBe('https://faces.example/r/abc?x=1;y')
  expect(intent).toMatch(/^Intent;.*;end;$/)
})
