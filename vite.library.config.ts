import { defineConfig } from 'vite'
import { root } from './models/paths.ts'

/** The library's two builds: `vite build --config vite.library.config.ts --mode browser` and `--mode node`. */
export default defineConfig(({ mode }) => ({
  root,
  publicDir: false,
  // The platform is settled by the build; a bundler that uses it finds no condition of ours in the code.
  resolve: { alias: { '#platform': `${root}/client/library/platform/${mode}.ts` } },
  build: {
    outDir: 'dist/library',
    emptyOutDir: false,
    target: 'es2024',
    minify: false,
    ssr: mode === 'node',
    lib: { entry: 'client/index.ts', formats: ['es'] },
    rollupOptions: {
      // Packages stay imports: who uses the library brings them, once.
      external: (id) => /^(node:|@?[a-z])/.test(id),
      output: { entryFileNames: `${mode}.js`, chunkFileNames: `${mode}/[name]-[hash].js` },
    },
  },
}))
