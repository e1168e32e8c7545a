import { expect, it } from 'vitest'
import { CaptureError } from '../../client/capture/capture-error.ts'
import type { Photo } from '../../client/image/photo.ts'

/** A case of the table, for one reader, as it reaches a browser. */
export interface Given {
  name: string
  /** Base64. */
  file: string
  /** Base64 of RGB bytes, or the code of the refusal. */
  shows: { width: number; height: number; rgb: string } | string
  within: number
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    photoFormats: () => Promise<Given[]>
  }
}

/** What every reader of photo files must do alike. */
export function photoFormats(
  given: readonly Given[],
  open: (file: Uint8Array<ArrayBuffer>, name: string) => Promise<Photo>,
) {
  it.each(given)('$name', async ({ file, shows, within }) => {
    const opened = open(bytesOf(file), 'photo')
    if (typeof shows === 'string') {
      const error = await opened.catch((thrown) => thrown)
      expect(error).toBeInstanceOf(CaptureError)
      expect(error).toMatchObject({ code: shows, message: expect.stringMatching(/photo.*: \w.*\.$/) })
      return
    }
    const { width, height, data } = await opened
    expect([width, height, data.length]).toEqual([shows.width, shows.height, 4 * shows.width * shows.height])
    const rgb = bytesOf(shows.rgb)
    let difference = 0
    for (let i = 0; i < rgb.length; i++)
      difference += Math.abs(data[4 * Math.floor(i / 3) + (i % 3)] - rgb[i])
    expect(difference / rgb.length).toBeLessThanOrEqual(within)
    expect(data.every((level, i) => i % 4 < 3 || level === 255)).toBe(true)
  })
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
