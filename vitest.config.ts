import { availableParallelism } from 'node:os'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { modelFiles } from './models/vite-plugin.ts'
import { browserArguments, chromiumPath } from './test/chromium.ts'
import { givenTo } from './test/photo-formats/given.ts'
import { refineInTerminal } from './test/support/refine-in-terminal.ts'
import { workerUnderTest } from './test/support/worker-under-test.ts'
import { codePlugins, isolationHeaders, shared } from './vite.shared.ts'
import { offline } from './worker/dev/offline.ts'

Object.assign(process.env, offline)

/** Functions by themselves. */
const inNode = {
  setupFiles: 'test/support/whole-numbers.ts',
  environment: 'node',
  testTimeout: 60_000,
} as const

// Four places to run: node (unit), real workerd (worker), real Chromium with WebGPU in software (browser),
// and whole journeys of a visitor against the served worker (e2e).
export default defineConfig({
  test: {
    // The worker writes a line for each request; only what failed should show its lines.
    silent: 'passed-only',
    // Whole journeys wait as much as they compute; by default one core is left to the person besides.
    maxWorkers: Math.round(1.5 * availableParallelism()),
    projects: [
      {
        test: {
          ...inNode,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/app/**'],
          // One process after the other would load TensorFlow.js, onnxruntime and the networks anew for each file.
          isolate: false,
        },
      },
      {
        // These need none of that, and put modules of their own in the place of others, for as long as their process lives.
        test: { ...inNode, name: 'unit-app', include: ['test/unit/app/**/*.test.ts'] },
      },
      {
        plugins: [cloudflareTest(workerUnderTest)],
        test: { name: 'worker', include: ['test/worker/**/*.test.ts'] },
      },
      {
        ...shared,
        plugins: [...codePlugins(), modelFiles()],
        server: { headers: isolationHeaders },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          setupFiles: 'test/support/whole-numbers.ts',
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // Made in Node, where there is an encoder for every format, and a terminal.
            commands: {
              photoFormats: () => givenTo('browser'),
              refineInTerminal: (_, preset: string, seed: number) => refineInTerminal(preset, seed),
            },
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: browserArguments },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: 'test/e2e/serve.ts',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
          // Where a processor draws and computes for two pages at once, a frame can take longer than the second that is given.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        // The same place, where promises are broken on purpose: a sample here, all of it by npm run promises.
        test: {
          name: 'promises',
          globalSetup: 'test/e2e/serve.ts',
          include: ['test/promises/**/*.test.ts'],
          environment: 'node',
          testTimeout: process.env.PROMISES_FIGURES ? 4 * 3600_000 : 300_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
