import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { keysObject, makeKey, widgetKeys } from '../../../../worker/auth/keys.ts'
import { commandLine } from '../../../../worker/dev/command-line.ts'
import { readObject, writeObject } from '../../../../worker/dev/r2-object.ts'
import { assertFree } from '../../../../worker/dev/serve.ts'

// npm run widget-demo: a page of another site, which has the widget of the local worker in it. 127.0.0.1 and localhost
// are two sites to a browser.

commandLine(`npm run widget-demo                    serves a page of another site with the widget of http://localhost:8787 in it
SERVICE=... PORT=... npm run widget-demo   for another service, on another port than 8788`)
const service = new URL(process.env.SERVICE ?? 'http://localhost:8787').origin
const port = Number(process.env.PORT ?? 8788)
const host = `http://127.0.0.1:${port}`
/** Is told to every visitor anyway, and works on this page alone. */
const siteKey = 'pk_widget_demo'

/** All that a host page has to allow is the service in script-src and frame-src; the rest is the page's own. */
const policy = [
  "default-src 'none'",
  `script-src 'self' ${service}`,
  `frame-src ${service}`,
  "style-src 'self'",
  "img-src 'self' blob:",
  "require-trusted-types-for 'script'",
].join('; ')

const files: Record<string, [file: string, type: string]> = {
  '/': ['index.html', 'text/html'],
  '/demo.js': ['demo.js', 'text/javascript'],
  '/demo.css': ['demo.css', 'text/css'],
}

try {
  await assertFree(port)
  await assertServed()
  await bindKey()
  createServer((request, response) => {
    const found = files[new URL(request.url!, host).pathname]
    if (!found) return response.writeHead(404).end()
    const [file, type] = found
    const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy })
    response.end(text.replaceAll('SERVICE', service).replaceAll('SITE_KEY', siteKey))
  }).listen(port, '127.0.0.1', () => console.log(`Open ${host}  (Ctrl-C ends)`))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function assertServed(): Promise<void> {
  const answer = await fetch(`${service}/api/health`).catch(() => undefined)
  if (!answer?.ok)
    throw new Error(`Nothing answers at ${service}: run npm start in another terminal, then this again.`)
}

/** Makes the key where local storage does not have it yet; the worker reads its keys again once a minute. */
async function bindKey(): Promise<void> {
  const path = `facerefiner-results/${keysObject}`
  const text = readObject(path, 'local')
  const keys = text ? widgetKeys.parse(JSON.parse(text)) : []
  const key = await makeKey(siteKey, 'Widget demo', [host], new Date().toISOString())
  const isBound = keys.some(({ id, origins, revoked }) => id === key.id && origins.includes(host) && !revoked)
  if (isBound) return
  writeObject(path, JSON.stringify([...keys.filter(({ id }) => id !== key.id), key], null, 2), 'local')
  console.log('A key was made for this page; a worker that is running takes up to a minute to know it.')
}
