import { chromium } from 'playwright'
import { createServer, type Plugin } from 'vite'
import { root } from '../../models/paths.ts'
import { modelFiles } from '../../models/vite-plugin.ts'
import { codePlugins, isolationHeaders, shared } from '../../vite.shared.ts'
import { browserArguments, chromiumPath } from '../chromium.ts'
import type { Figures, Task } from './tasks.ts'

/** Performs a task in a worker of a page in Chromium, WebGPU being in software where there is no graphics device. */
export async function performInChromium(task: Task): Promise<Figures> {
  const server = await createServer({
    ...{ configFile: false, root, logLevel: 'error' },
    worker: shared.worker,
    plugins: [...codePlugins(), modelFiles(), emptyPage()],
    // All that is loaded is served as it is.
    optimizeDeps: { ...shared.optimizeDeps, include: [], noDiscovery: true },
    server: { headers: isolationHeaders, host: '127.0.0.1', port: 0, hmr: false, watch: null },
    appType: 'custom',
  })
  await server.listen()
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...browserArguments, '--js-flags=--expose-gc'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls!.local[0])
    const answer = await page.evaluate(ask, {
      script: '/test/bench/bench.worker.ts?worker_file&type=module',
      task,
    })
    if ('error' in answer) throw new Error(answer.error)
    return answer.figures
  } finally {
    await browser.close()
    await server.close()
  }
}

type Answer = { figures: Figures } | { error: string }

/** In the page: hands the task to a worker of its own. */
function ask({ script, task }: { script: string; task: Task }): Promise<Answer> {
  return new Promise((resolve) => {
    const worker = new Worker(script, { type: 'module' })
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => resolve({ error: `The worker did not start: ${message}` })
    worker.postMessage(task)
  })
}

function emptyPage(): Plugin {
  return {
    name: 'empty-page',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url !== '/') return next()
        for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
        response.setHeader('content-type', 'text/html')
        response.end('<!doctype html><title>Benchmark</title>')
      })
    },
  }
}
