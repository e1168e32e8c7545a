import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { onTestFinished } from 'vitest'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import type { CasesOf, Context, Failure } from '../../../evaluation/context.ts'
import type { Case, Sample } from '../../../evaluation/types.ts'

export const astronaut: Sample = {
  ...{ name: 'astronaut', subject: 'astronaut' },
  path: 'client/app/sample/astronaut.png',
}

export const context = (given: Partial<Context> = {}): Context => ({
  ...{ size: 64, angles: [35], meshErrors: [], store: diskStore(), truthFor: null },
  ...given,
})

export async function casesOf(protocol: CasesOf, sample: Sample, given?: Partial<Context>) {
  const found: (Case | Failure)[] = []
  for await (const one of protocol(sample, context(given))) found.push(one)
  return found
}

/** Removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'protocol-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

export async function savePhoto({ data, width, height }: Photo, path: string) {
  await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toFile(path)
}

export async function saveWall(path: string) {
  await sharp({ create: { width: 320, height: 320, channels: 3, background: '#567' } })
    .png()
    .toFile(path)
}

export const sum = (mask: Uint8Array | undefined) => mask?.reduce((total, value) => total + value, 0) ?? 0
