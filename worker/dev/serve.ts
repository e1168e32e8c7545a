import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { localState } from '../../models/local-bucket.ts'
import { root } from '../../models/paths.ts'
import { makeLocalSecrets } from './local-secrets.ts'
import { offline } from './offline.ts'

export interface Served {
  /** `http://localhost:8787` */
  url: string
  /** Ends the server and waits for its end. */
  stop(): Promise<void>
  /** Resolves when the server has ended by itself or by {@link stop}. */
  ended: Promise<void>
}

/** Seconds until a server that does not answer is given up. */
const patience = 60

/**
 * Serves the worker with `wrangler dev`, with secrets of its own, and waits until it answers.
 *
 * @param state wrangler's state folder: what the buckets hold @param vars of the worker, besides those of wrangler.toml
 * @param inspectorPort where debuggers may ask; default: any that is free
 * @throws Error where the port is in use or the server does not come up
 */
export async function serve(
  port: number,
  state: string = localState,
  vars: Record<string, string> = {},
  inspectorPort = 0,
): Promise<Served> {
  await assertFree(port)
  makeLocalSecrets()
  const wrangler = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js'),
      ...['dev', '--local', '--ip', '127.0.0.1', '--port', String(port)],
      ...['--inspector-port', String(inspectorPort)],
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
      ...['--persist-to', state, '--show-interactive-dev-session=false', '--log-level', 'warn'],
    ],
    { cwd: root, env: { ...process.env, ...offline }, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => wrangler.on('exit', () => resolve()))
  const stop = () => {
    wrangler.kill('SIGTERM')
    return ended
  }
  try {
    await answers(`http://127.0.0.1:${port}/api/health`, wrangler)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://localhost:${port}`, stop, ended }
}

/** @throws Error where something listens on the port */
export async function assertFree(port: number): Promise<void> {
  try {
    await listen(port)
  } catch {
    throw new Error(
      `Port ${port} is in use. End what runs there, or choose another: PORT=${port + 1} npm start`,
    )
  }
}

/** A port that nothing uses at this moment. */
export async function freePort(): Promise<number> {
  return listen(0)
}

/** Listens on a port of this machine for a moment. */
function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const { port: used } = server.address() as { port: number }
      server.close(() => resolve(used))
    })
  })
}

async function answers(url: string, wrangler: ChildProcess): Promise<void> {
  const end = performance.now() + patience * 1000
  while (performance.now() < end) {
    if (wrangler.exitCode !== null) {
      throw new Error(
        `The server ended with code ${wrangler.exitCode} before it answered; see its output above.`,
      )
    }
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    if (response) throw new Error(`The server came up unwell: ${await response.text()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`The server did not answer within ${patience} s.`)
}
