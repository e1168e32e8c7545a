import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../models/paths.ts'

/**
 * Which folders (or single files) a folder may import from, besides itself and npm packages. The photo's walk goes one
 * way only: capture knows nothing of the method, the method nothing of browsers, the compiler nothing of faces.
 */
const arrows: Record<string, string[]> = {
  'client/graph': [],
  'client/image': [],
  'client/runtime': [],
  'client/face': ['client/image'],
  // The rooms of the capture, in the order in which each may know the ones before.
  'client/capture/open': ['client/image', 'client/capture/capture-error.ts'],
  'client/capture/mesh': ['client/face', 'client/image', 'client/runtime/models.ts'],
  'client/capture/find': [
    'client/face',
    'client/image',
    'client/runtime/models.ts',
    'client/capture/mesh',
    'client/capture/capture-error.ts',
  ],
  'client/capture/unwrap': [
    'client/face',
    'client/image',
    'client/capture/mesh',
    'client/capture/capture-error.ts',
  ],
  'client/capture/complete': ['client/face', 'client/image', 'client/capture/unwrap'],
  'client/capture': ['client/face', 'client/image', 'client/runtime/models.ts'],
  'client/refine': [
    'client/graph',
    'client/image',
    'client/face',
    'client/runtime/runtime.ts',
    'client/runtime/models.ts',
  ],
  'client/result': [
    'client/image',
    'client/face',
    'client/refine/types.ts',
    'client/runtime/runtime.ts',
    'client/runtime/models.ts',
    'client/runtime/sha256.ts',
    'worker/contract/record.ts',
    'worker/contract/visible-psnr.ts',
    'package.json',
  ],
  // Of the worker, the client knows what travels between them, and by its type which routes there are.
  'client/share': ['worker/contract', 'worker/api.ts'],
  'client/app': [
    'client/capture',
    'client/face',
    'client/refine',
    'client/runtime',
    'client/result',
    'client/share',
    'client/image',
    'worker/contract/contract.ts',
    'worker/contract/record.ts',
    'worker/texts/figures.ts',
    'worker/texts/presets.ts',
  ],
  // One way in for other projects: it opens photos as the page does, and in Node as the terminal does.
  'client/index.ts': [
    'client/library',
    'client/capture',
    'client/face',
    'client/image',
    'client/refine',
    'client/runtime',
    'client/result',
    'worker/contract/record.ts',
  ],
  'client/library': [
    'client/capture',
    'client/face',
    'client/image',
    'client/refine',
    'client/runtime',
    'client/result',
    'client/cli',
    'worker/contract/record.ts',
  ],
  'client/cli': ['client', 'models', 'worker/contract/record.ts', 'worker/texts/figures.ts', 'package.json'],
  worker: ['package.json'],
}

/** Scripts that a developer runs (builds, local servers, pictures of the first screen): no part of what they stand beside. */
const scripts = [
  'worker/dev/',
  'client/app/widget/demo/',
  'client/app/widget/vite-plugin.ts',
  'client/app/sample/',
  'client/app/icons/',
]

describe.each(Object.entries(arrows))('%s', (folder, allowed) => {
  test(`imports only from ${[folder, ...allowed].join(', ')}`, () => {
    const forbidden = importsOf(folder).filter(
      ({ target }) =>
        ![folder, ...allowed].some((place) => target === place || target.startsWith(`${place}/`)),
    )
    expect(forbidden).toEqual([])
  })
})

test('the arrows cover the client', () => {
  const folders = globSync('client/*/', { cwd: root }).map((path) => path.replace(/\/$/, ''))
  expect(Object.keys(arrows)).toEqual(expect.arrayContaining(folders))
})

/** Relative imports of a file, or of all sources below a folder; targets relative to the repository. */
function importsOf(folder: string): { file: string; target: string }[] {
  return globSync([`${folder}/**/*.{ts,tsx}`, ...(folder.endsWith('.ts') ? [folder] : [])], { cwd: root })
    .filter((file) => !scripts.some((place) => file.startsWith(place)))
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8')
      const specifiers = source.matchAll(
        /(?:from|import\(|import)\s*'(\.[^']+)'|new URL\('(\.[^']+)', import\.meta/g,
      )
      return [...specifiers].map(([, imported, url]) => {
        const target = relative(root, join(root, dirname(file), (imported ?? url).split('?')[0]))
        return { file, target }
      })
    })
}
