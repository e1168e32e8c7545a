import { defineConfig } from 'vite'
import { builtFiles } from './client/app/vite-plugin.ts'
import { widgetLoader } from './client/app/widget/vite-plugin.ts'
import { contentHash } from './models/content-hash.ts'
import { modelFiles } from './models/vite-plugin.ts'
import { clientSources, codePlugins, isolationHeaders, shared } from './vite.shared.ts'
import { licences } from './worker/dev/dependencies/vite-plugin.ts'

const serviceWorker = 'service-worker'
const share = 'share'

export default defineConfig({
  ...shared,
  root: 'client/app',
  plugins: [...codePlugins(), modelFiles(), widgetLoader(), licences(), builtFiles()],
  worker: { ...shared.worker, plugins: () => [...codePlugins(), licences()] },
  // Names the service worker's cache: a page built from other sources starts with an empty one.
  define: { sourcesHash: JSON.stringify(contentHash(clientSources).slice(0, 16)) },
  build: {
    outDir: '../../dist/client',
    emptyOutDir: true,
    target: 'es2024',
    // tfjs and three are larger; they load on demand.
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: {
        index: 'client/app/index.html',
        frame: 'client/app/widget/frame.html',
        [serviceWorker]: 'client/app/service-worker.ts',
        [share]: 'client/app/share-page/main.ts',
      },
      output: {
        // A service worker governs the folder that it lies in and is updated at a fixed address. Of the script and style
        // of the worker's own pages the worker must know the address.
        entryFileNames: ({ name }) =>
          name === serviceWorker || name === share ? '[name].js' : 'assets/[name]-[hash].js',
        assetFileNames: ({ names }) =>
          names.includes(`${share}.css`) ? '[name][extname]' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: { headers: isolationHeaders },
})
