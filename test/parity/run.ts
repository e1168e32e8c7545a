import { resolve } from 'node:path'
import type { Runtime } from '../../client/runtime/runtime.ts'
import { commandLine } from '../../worker/dev/command-line.ts'
import type { Check } from './check.ts'
import { listGolden, loadGolden } from './folder.ts'
import { runParity } from './parity.ts'
import { wasmInNode } from './wasm-in-node.ts'

const usage = `npm run -s parity -- FOLDER [--provider node|wasm] [--json]

Every golden case of a folder through the product's own functions: a line a tensor, a JSON line at the end. Exit code 1
where anything is off.`

const providers: Readonly<Record<string, () => Promise<Runtime>>> = {
  node: async () => (await import('../../client/runtime/node.ts')).nodeRuntime(),
  wasm: wasmInNode,
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}

async function main(): Promise<number> {
  const { values, positionals } = commandLine(
    usage,
    { provider: { type: 'string', default: 'node' }, json: { type: 'boolean' } },
    { words: Number.POSITIVE_INFINITY },
  )
  if (positionals.length !== 1) throw new Error('Name one folder: npm run -s parity -- FOLDER.')
  const open = Object.hasOwn(providers, values.provider) ? providers[values.provider] : null
  if (!open)
    throw new Error(`Unknown provider "${values.provider}"; choose ${Object.keys(providers).join(', ')}.`)
  const folder = resolve(process.env.INIT_CWD ?? '.', positionals[0])
  const names = await listGolden(folder)
  const runtime = await open()
  let passed = 0
  let failed = 0
  for (const name of names) {
    for (const check of await checksOf(name)) {
      if (check.passed) passed++
      else failed++
      console.log(values.json ? JSON.stringify(check) : line(check))
    }
  }
  await runtime.dispose()
  console.log(JSON.stringify({ passed, failed }))
  return failed > 0 ? 1 : 0

  /** A case that can't be run has failed, and the others still run. */
  async function checksOf(name: string): Promise<Check[]> {
    try {
      const load = (other: string) => loadGolden(folder, other)
      return await runParity(await load(name), { runtime, load })
    } catch (error) {
      console.error(`${name}: ${(error as Error).message}`)
      return [{ case: name, tensor: '(all)', error: Number.NaN, tolerance: 0, passed: false }]
    }
  }
}

function line({ case: name, tensor, error, tolerance, passed }: Check): string {
  const figures = `${error.toExponential(1).padStart(8)}  at most ${tolerance.toExponential(0)}`
  return `${passed ? 'pass' : 'FAIL'}  ${name.padEnd(14)} ${tensor.padEnd(36)} ${figures}`
}
