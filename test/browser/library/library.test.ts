import {
  CaptureError,
  capture,
  completeHead,
  Evidence,
  type Face,
  type PresetName,
  refine,
  toGlb,
} from 'facerefiner'
import { describe, expect, test, vi } from 'vitest'
import sample from '../../../client/app/sample/astronaut.png?url'

// Capture and the first steps on CPU cores that may be busy with much else. Whole runs: test/unit/library, test/e2e.
vi.setConfig({ testTimeout: 300_000 })

const latin = new TextDecoder('latin1')

test('the example page says what is wrong with a letter, and begins to refine a photo', async () => {
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
  frame.remove()
})

test('a face of which nothing has to be made comes out as files at once', async () => {
  const seen = await capture(sample, { size: 256 })
  const face: Face = { ...seen, evidence: seen.coverage.map((covered) => covered * Evidence.own) }
  const refined = await refine(face, { preset: 'draft' })
  expect(refined).toMatchObject({ size: 256, optimised: false })
  const { width, height } = await createImageBitmap(new Blob([refined.png]))
  expect([width, height]).toEqual([256, 256])
  const glb = await toGlb(face, refined, { texture: 'webp', size: 512 })
  expect(latin.decode(glb.subarray(0, 4))).toBe('glTF')
  expect(latin.decode(glb)).toContain('EXT_texture_webp')

  const head = await completeHead(face, refined)
  expect(head).toMatchObject({ size: 256, whyFaceAlone: null })
  const atlas = await createImageBitmap(new Blob([head.png]))
  expect([atlas.width, atlas.height]).toEqual([512, 256])
  const whole = latin.decode(await toGlb(head, { texture: 'webp', size: 512 }))
  expect(whole).toContain('EXT_texture_webp')
  expect(whole).toContain('"alphaMode":"MASK"')
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
      'Unknown preset "best"; choose standard, instant, draft, paper.',
    )
  })
})
