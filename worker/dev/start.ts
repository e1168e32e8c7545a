import { makeModels } from '../../models/make-models.ts'
import { seedModels } from '../../models/seed.ts'
import { buildClient } from './build.ts'
import { commandLine } from './command-line.ts'
import { offline } from './offline.ts'
import { assertFree, serve } from './serve.ts'
import { step } from './step.ts'

// npm start: everything from a fresh clone to a page that answers.
commandLine(`npm start                 sets everything up and serves the page on http://localhost:8787
PORT=9000 npm start       the same on another port`)
Object.assign(process.env, offline)

try {
  const port = readPort(process.env.PORT ?? '8787')
  await assertFree(port)
  await step('Model files', () => makeModels({ log: (line) => console.log(`  ${line}`) }))
  await step('Local storage', () => seedModels())
  await step('Client', () => buildClient())
  const start = performance.now()
  const { url, stop, ended } = await serve(port)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  console.log(`Server: ready (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  console.log(`\nOpen ${url}  (Ctrl-C ends)`)
  await ended
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65536) return port
  throw new Error(`PORT is "${text}", which is no port: give a whole number from 1 to 65535.`)
}
