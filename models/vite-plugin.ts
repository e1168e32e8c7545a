import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type ModelManifest, modelUrl } from '../client/runtime/models.ts'
import { distFolder } from './paths.ts'

const types: Record<string, string> = {
  json: 'application/json',
  wasm: 'application/wasm',
}

/** Serves models/dist under the worker's addresses, for Vite's development server and the browser tests. */
export function modelFiles(): Plugin {
  return {
    name: 'model-files',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname
        const file = path.startsWith('/models/') && fileAt(path)
        if (!file || !existsSync(file)) return next()
        response.setHeader(
          'content-type',
          types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
        )
        createReadStream(file).pipe(response)
      })
    },
  }
}

function fileAt(path: string): string | undefined {
  const manifestFile = join(distFolder, 'manifest.json')
  if (path === '/models/manifest.json') return manifestFile
  if (!existsSync(manifestFile)) return undefined
  const manifest: ModelManifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const file = manifest.models.flatMap(({ files }) => files).find((entry) => modelUrl(entry) === path)
  return file && join(distFolder, file.file)
}
