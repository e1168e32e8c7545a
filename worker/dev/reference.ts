import { spawnSync } from 'node:child_process'
import { root } from '../../models/paths.ts'
import { commandLine } from './command-line.ts'

// npm run reference: the library's API as pages, out of its docstrings, into dist/reference. TypeDoc reads sources with
// the compiler's programming interface, which TypeScript 7 does not have, so it comes with a TypeScript of its own.
commandLine("npm run reference   writes the library's reference out of its docstrings, into dist/reference")
const packages = ['typedoc@0.28.20', 'typescript@5.9.3']
const { status } = spawnSync(
  'npm',
  ['exec', '--yes', ...packages.map((name) => `--package=${name}`), '--', 'typedoc'],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
