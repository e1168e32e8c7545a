// Runs a TypeScript script of this repository on a fresh clone:
// `node worker/dev/bootstrap.mjs [--omit=dev] SCRIPT.ts [arguments]`.
// Plain JavaScript, because the system's Node may be 20 and nothing may be installed yet. It installs the locked
// dependencies where they are missing, then hands over to the Node that came with them. With --omit=dev it does without
// those that only tests and the terminal need.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installedMegabytes, isInstalled } from './installed.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const bin = join(root, 'node_modules', '.bin')

const [first, ...rest] = process.argv.slice(2)
const omitDev = first === '--omit=dev'
if (!isInstalled(root, { omitDev })) install()
const script = spawn(nodeBinary(), omitDev ? rest : [first, ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
})
// The terminal sends Ctrl-C to the whole group: let the script end first, then end with its code.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => script.kill(signal))
// A signal to npm ends npm and its shell, but tells nobody here: notice that the parent has gone.
const parent = process.ppid
setInterval(() => process.ppid !== parent && script.kill('SIGTERM'), 500)
script.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))

function install() {
  const start = performance.now()
  console.error('Installing the locked dependencies (npm ci), about a minute the first time ...')
  // .npmrc says so too; whoever has an own setting in the environment overrides that.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = spawnSync('npm', ['ci', ...(omitDev ? ['--omit=dev'] : []), ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (npm.status !== 0) {
    console.error(
      'npm ci failed (see above). Check the network and the npm registry setting, then run this again.',
    )
    process.exit(1)
  }
  const { packages, megabytes } = installedMegabytes(root)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.error(`Installed ${packages} packages, ${megabytes} MB, in ${seconds} s.`)
}

/** The locked Node 24 where its package exists for this platform, else the running one if it is new enough. */
function nodeBinary() {
  const locked = join(bin, 'node')
  if (existsSync(locked)) return locked
  const [major, minor] = process.versions.node.split('.').map(Number)
  // It runs TypeScript without a warning, and tells its scripts whether they were called themselves (import.meta.main).
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath
  console.error(
    `Node ${process.versions.node} runs here, and no newer one comes from npm for this platform: install Node 24.12 or newer and run this again.`,
  )
  process.exit(1)
}
