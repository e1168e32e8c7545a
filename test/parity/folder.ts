import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Golden, type GoldenManifest } from './golden.ts'

/** Names of a folder's golden cases, in order. @throws Error where it holds none */
export async function listGolden(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => {
    throw new Error(`${folder} can't be read: give a folder of golden cases (NAME.json with NAME.bin).`)
  })
  const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length))
  if (names.length === 0) {
    throw new Error(`${folder} holds no golden case: give a folder of NAME.json with NAME.bin.`)
  }
  return names.sort()
}

/** @throws Error where a file is missing or no golden case */
export async function loadGolden(folder: string, name: string): Promise<Golden> {
  const manifest: GoldenManifest = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'))
  if (typeof manifest.bin !== 'string' || !Array.isArray(manifest.tensors)) {
    throw new Error(`${name}.json is no golden case: it names no binary file or no tensors.`)
  }
  return new Golden(manifest, await readFile(join(folder, manifest.bin)))
}
