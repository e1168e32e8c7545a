import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../models/paths.ts'

type Ranges = Record<string, string>

/** A package as package-lock.json has it; the fields that are used here. */
export interface LockedPackage {
  version: string
  /** Address; absent where it is the registry that npm is set up for. */
  resolved?: string
  integrity?: string
  license?: string
  hasInstallScript?: boolean
  /** It is there for tests and the terminal alone. */
  dev?: boolean
  dependencies?: Ranges
  devDependencies?: Ranges
  optionalDependencies?: Ranges
  peerDependencies?: Ranges
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/** What package.json says of what the project needs. */
export type Manifest = Required<
  Pick<LockedPackage, 'dependencies' | 'devDependencies' | 'optionalDependencies'>
> & { name: string }

/** Packages by their path, `node_modules/a/node_modules/b`; the project itself is at ''. */
export type Lock = Record<string, LockedPackage>

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
}

export function readLock(): Lock {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
}

/** @example packageName('node_modules/a/node_modules/@b/c') // -> '@b/c' */
export function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Where Node finds a package that one at `from` asks for: beside it or above. Undefined for one that is not installed. */
function find(lock: Lock, from: string, name: string): string | undefined {
  const places = ['']
  for (let at = from; at; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/'))))
    places.push(`${at}/`)
  const paths = places.sort((a, b) => b.length - a.length).map((place) => `${place}node_modules/${name}`)
  return paths.find((path) => lock[path])
}

/** Paths of these packages and of all that they need, in the alphabet's order. */
export function withAllBelow(lock: Lock, names: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (from: string, name: string) => {
    const path = find(lock, from, name)
    if (!path || found.has(path)) return
    found.add(path)
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock[path]
    const needed = { ...dependencies, ...optionalDependencies, ...peerDependencies }
    for (const below of Object.keys(needed)) if (!peerDependenciesMeta?.[below]?.optional) visit(path, below)
  }
  for (const name of names) visit('', name)
  return [...found].sort()
}
