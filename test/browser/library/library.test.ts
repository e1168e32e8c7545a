import { CaptureError, capture, type Face, type PresetName, refine } from 'facerefiner'
import { describe, expect, test, vi } from 'vitest'
import sample from '../../../client/app/sample/astronaut.png?url'

// A whole run on CPU cores that may be busy with much else: a minute and a half at rest.
vi.setConfig({ testTimeout: 600_000 })

const latin = new TextDecoder('latin1')

test('the example page goes from a photo to a face and its texture', async () => {
  const frame = document.createElement('iframe')
  frame.src = '/client/library/examples/browser.html'
  document.body.appendChild(frame)
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  // Vitest has every dynamic import call a function of its own window.
  const runner = '__vitest_browser_runner__'
  Object.assign(frame.contentWindow!, { [runner]: (window as unknown as Record<string, unknown>)[runner] })
  const page = frame.contentDocument!
  const byId = <T extends HTMLElement>(id: string) => page.getElementById(id) as T

  const choose = (file: File) => {
    const files = new DataTransfer()
    files.items.add(file)
    byId<HTMLInputElement>('photo').files = files.files
    byId('photo').dispatchEvent(new Event('change'))
  }
  choose(new File(['a letter'], 'letter.txt'))
  const words = () => byId<HTMLOutputElement>('words').value
  await expect.poll(words, { timeout: 60_000 }).toContain('“letter.txt” is not an image')

  choose(new File([await (await fetch(sample)).blob()], 'astronaut.png'))
  await expect.poll(words, { timeout: 200_000 }).toMatch(/^\d+%$/)
  await expect.poll(words, { timeout: 500_000 }).toMatch(/texels \(\d+%\) that no side of the photo shows/)
  const face = byId<HTMLAnchorElement>('face')
  expect([face.hidden, face.download]).toEqual([false, 'face.glb'])
  const glb = new Uint8Array(await (await fetch(face.href)).arrayBuffer())
  expect(latin.decode(glb.subarray(0, 4))).toBe('glTF')
  expect(latin.decode(glb)).toContain('EXT_texture_webp')
  const texture = byId<HTMLImageElement>('texture')
  await texture.decode()
  expect([texture.naturalWidth, texture.naturalHeight]).toEqual([256, 256])
  frame.remove()
})

describe('errors are sentences', () => {
  test('no face, no photo, no server', async () => {
    const grey = new ImageData(new Uint8ClampedArray(300 * 300 * 4).fill(128), 300, 300)
    for (const [act, sentence] of [
      [() => capture(grey), /^No face was found in this photo: choose one that shows/],
      [() => capture('/nowhere.png?size=2'), /“nowhere\.png” (could not be loaded|is not an image)/],
      [() => capture({ width: 300, height: 200, data: grey.data }), /360000 were given/],
    ] as const) {
      const error = await act().catch((thrown) => thrown)
      expect(error).toBeInstanceOf(CaptureError)
      expect(error.message).toMatch(sentence)
    }
    await expect(capture(grey, { models: 'http://localhost:1' })).rejects.toThrow(
      'The list of models could not be downloaded: the server cannot be reached. Try again.',
    )
  })

  test('an aborted signal, a preset that does not exist', async () => {
    // Both are refused before the face is looked at; a run that is aborted on its way is Node's test.
    const face = {} as Face
    await expect(refine(face, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
      message: 'The refinement was aborted, so there is no refined texture.',
    })
    await expect(refine(face, { preset: 'best' as PresetName })).rejects.toThrow(
      'Unknown preset "best"; choose standard, draft, paper.',
    )
  })
})
