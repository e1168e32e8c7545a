import { readFileSync, writeFileSync } from 'node:fs'
import { commandLine } from '../command-line.ts'
import { faultsOf, toAccept } from './faults.ts'
import { licenceTexts } from './licences.ts'
import { readLock, readManifest } from './lock.ts'

const usage = `npm run dependencies                 fails on a package, a licence or an install script that nobody has looked at, on
                                     versions that are not exact, and on what is shipped without its licence
npm run dependencies -- --accept     writes down what there is now as looked at, into worker/dev/dependencies/accepted.json`

const file = new URL('accepted.json', import.meta.url)
const { values } = commandLine(usage, { accept: { type: 'boolean' } })
const lock = readLock()
if (values.accept) writeFileSync(file, `${JSON.stringify(toAccept(lock), null, 2)}\n`)
const faults = faultsOf(readManifest(), lock, JSON.parse(readFileSync(file, 'utf8')))
try {
  licenceTexts()
} catch (error) {
  faults.push((error as Error).message)
}
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
else console.log(`${Object.keys(toAccept(lock)).length} packages, all known.`)
