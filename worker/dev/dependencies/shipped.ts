import { type Lock, type Manifest, packageName, readLock, readManifest, withAllBelow } from './lock.ts'

/** Dependencies that build and serve; nothing of them reaches a visitor. */
const tools = ['spdx-license-list', 'tar', 'vite', 'wrangler']

/** Paths in node_modules of what the page and the service may contain: the dependencies, less the tools, and all below. */
export function shippedPackages(
  lock: Lock = readLock(),
  { dependencies }: Pick<Manifest, 'dependencies'> = readManifest(),
): string[] {
  const names = Object.keys(dependencies).filter((name) => !tools.includes(name))
  // Types are gone when code is built.
  return withAllBelow(lock, names).filter((path) => !packageName(path).startsWith('@types/'))
}
