import { cases } from './cases.ts'
import type { Given } from './suite.ts'

/** The table with its files made, for one of the two readers. Runs in Node. */
export async function givenTo(reader: 'node' | 'browser'): Promise<Given[]> {
  const given: Given[] = []
  for (const { name, file, shows, within } of cases) {
    const expected = shows !== null && typeof shows === 'object' && 'node' in shows ? shows[reader] : shows
    if (expected === null) continue
    given.push({
      name,
      file: Buffer.from(await file()).toString('base64'),
      shows:
        typeof expected === 'string'
          ? expected
          : {
              width: expected.width,
              height: expected.height,
              rgb: Buffer.from(Uint8Array.from(expected.data, Math.round)).toString('base64'),
            },
      within: typeof within === 'number' ? within : within[reader],
    })
  }
  return given
}
