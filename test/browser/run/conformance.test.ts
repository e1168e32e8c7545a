import { transfer } from 'comlink'
import { capture, refine } from 'facerefiner'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { commands } from 'vitest/browser'
import type { RefineReport } from '../../../client/app/messages.ts'
import sample from '../../../client/app/sample/astronaut.png?url'
import { reporter, startCaptureWorker, startRefineWorker } from '../../../client/app/workers.ts'
import type { RunRecord } from '../../../worker/contract/record.ts'

declare module 'vitest/browser' {
  interface BrowserCommands {
    refineInTerminal(preset: string, seed: number): Promise<{ png: string; record: RunRecord }>
  }
}

// Three whole runs on CPU cores that may be busy with much else.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

const preset = 'draft'
const size = 256
const seed = 7

interface Made {
  png: Uint8Array<ArrayBuffer>
  record: RunRecord
}

/** The same photo, preset and seed on the same provider, by each of the three ways to a result. */
const ways: Record<'page' | 'library' | 'terminal', () => Promise<Made>> = {
  async page() {
    const crashed = (error: Error) => {
      throw error
    }
    const photos = startCaptureWorker(crashed)
    const refining = startRefineWorker(crashed)
    try {
      await photos.api.open(await (await fetch(sample)).blob(), 'astronaut.png')
      const [face] = await photos.api.findFaces(reporter(() => {}))
      const { port1, port2 } = new MessageChannel()
      await photos.api.capture(
        { face, strokes: [], size },
        reporter(() => {}),
        transfer(port1, [port1]),
      )
      const request = { preset, seed, keep: null } as const
      await refining.api.start(
        request,
        reporter<RefineReport>(() => {}),
        transfer(port2, [port2]),
      )
      for (;;) {
        const news = await refining.api.next()
        if (news.finished) return { png: news.files.png, record: JSON.parse(news.files.record) }
      }
    } finally {
      photos.terminate()
      refining.terminate()
    }
  },
  library: async () => refine(await capture(sample, { size }), { preset, seed }),
  async terminal() {
    const { png, record } = await commands.refineInTerminal(preset, seed)
    return { png: Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0)), record }
  },
}

describe('page, library and terminal make the same of a photo', () => {
  const made = {} as Record<keyof typeof ways, Made>
  beforeAll(async () => {
    const terminal = ways.terminal()
    made.page = await ways.page()
    made.library = await ways.library()
    made.terminal = await terminal
  })

  test('the same texture, to the last bit', async () => {
    expect(made.page.record).toMatchObject({ provider: 'wasm', optimised: true })
    expect(made.library.png).toEqual(made.page.png)
    // Node's zlib packs the same pixels otherwise.
    expect(await pixelsOf(made.terminal.png)).toEqual(await pixelsOf(made.page.png))
  })

  test('the same record, but for times and what it ran on', () => {
    expect(timeless(made.library.record)).toEqual(timeless(made.page.record))
    const { texture, reason, ...terminal } = timeless(made.terminal.record)
    expect(timeless(made.page.record)).toEqual({
      ...terminal,
      texture: made.page.record.texture,
      reason: made.page.record.reason,
    })
  })

  test('the same names of stages', () => {
    for (const { record } of Object.values(made))
      expect(Object.keys(record.seconds).sort()).toEqual(['capture', 'decode', 'problem', 'refine'])
  })
})

const timeless = ({ seconds: _, scales, ...record }: RunRecord) => ({
  ...record,
  scales: scales.map(({ round, scale }) => ({ round, scale })),
})

async function pixelsOf(png: Uint8Array<ArrayBuffer>): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(new Blob([png]), { colorSpaceConversion: 'none' })
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data
}
