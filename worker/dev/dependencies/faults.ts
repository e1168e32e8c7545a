import { type DataPackage, dataPackages } from '../../../models/data-packages.ts'
import { type Lock, type LockedPackage, type Manifest, packageName } from './lock.ts'

/** What was looked at and found right, by the package's name: its licence, and whether it asks for a script. */
export type Accepted = Record<string, string>

/** What is accepted of a package, as accepted.json has it. */
const facts = ({ license, hasInstallScript }: LockedPackage): string =>
  [
    license ?? 'no licence',
    ...(hasInstallScript ? ['asks for an install script, which is not run'] : []),
  ].join('; ')

/** All packages of the lock and of the models, with what is to be accepted of them. */
export function toAccept(lock: Lock, data: Record<string, DataPackage> = dataPackages): Accepted {
  const told = new Map<string, Set<string>>()
  const tell = (name: string, fact: string) => told.set(name, new Set([...(told.get(name) ?? []), fact]))
  for (const [path, entry] of Object.entries(lock)) if (path) tell(packageName(path), facts(entry))
  for (const name of Object.keys(data)) tell(name, 'files for models')
  const names = [...told.keys()].sort()
  return Object.fromEntries(names.map((name) => [name, [...told.get(name)!].sort().join(', or: ')]))
}

/** Sentences on all that is not as it must be: nothing unknown, nothing loose, nothing from elsewhere than npm's registry. */
export function faultsOf(
  manifest: Manifest,
  lock: Lock,
  accepted: Accepted,
  data: Record<string, DataPackage> = dataPackages,
): string[] {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
  const faults: string[] = []
  for (const kind of kinds) {
    for (const [name, range] of Object.entries(manifest[kind])) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
        faults.push(`package.json asks for ${name} ${range}: give one version.`)
      if (lock['']?.[kind]?.[name] !== range)
        faults.push(`package-lock.json does not have ${name} ${range}: run npm install.`)
    }
  }
  for (const [path, { integrity, resolved }] of Object.entries(lock)) {
    if (!path) continue
    if (!integrity?.startsWith('sha512-'))
      faults.push(`${path} is locked without its sha512: nothing says what it is.`)
    if (resolved)
      faults.push(`${path} is locked to ${resolved}: packages come from the registry that npm is set up for.`)
  }
  for (const [name, { integrity }] of Object.entries(data))
    if (!integrity.startsWith('sha512-'))
      faults.push(`${name}, which models are made of, is pinned without its sha512.`)
  const found = toAccept(lock, data)
  for (const [name, fact] of Object.entries(found)) {
    const known = Object.hasOwn(accepted, name) ? accepted[name] : undefined
    if (known === fact) continue
    const before = known === undefined ? 'is new' : `was accepted as ${known}`
    faults.push(`${name} ${before}: ${fact}. Look at it, then run npm run dependencies -- --accept.`)
  }
  for (const name of Object.keys(accepted))
    if (!Object.hasOwn(found, name))
      faults.push(`${name} is accepted and not used: run npm run dependencies -- --accept.`)
  return faults
}
