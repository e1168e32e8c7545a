import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../models/paths.ts'
import { clientSources } from '../../vite.shared.ts'

/** The rooms of the worker, and its files that several need, in the order in which each may know the ones before. */
const rooms: Record<string, string[]> = {
  'worker/contract': [],
  'worker/texts': ['worker/contract'],
  'worker/limits.ts': ['worker/contract'],
  // The class of a Durable Object is part of its binding's type, and so of the environment.
  'worker/metering/daily-quota.ts': [],
  'worker/env.ts': ['worker/metering/daily-quota.ts'],
  'worker/http': ['worker/contract', 'worker/limits.ts', 'worker/env.ts'],
  'worker/secrets': ['worker/env.ts', 'worker/http'],
  'worker/metering': ['worker/limits.ts', 'worker/env.ts', 'worker/http', 'worker/secrets'],
  'worker/validation': ['worker/contract', 'worker/limits.ts', 'worker/secrets/crypto.ts'],
  'worker/service': ['worker/contract', 'worker/env.ts', 'worker/http', 'worker/secrets', 'package.json'],
  'worker/auth': [
    'worker/contract',
    'worker/limits.ts',
    'worker/env.ts',
    'worker/http',
    'worker/secrets',
    'worker/metering',
  ],
  'worker/models': ['worker/env.ts', 'worker/http', 'worker/metering', 'worker/auth'],
  'worker/results': [
    'worker/contract',
    'worker/texts',
    'worker/limits.ts',
    'worker/env.ts',
    'worker/http',
    'worker/secrets',
    'worker/metering',
    'worker/validation',
    'worker/auth',
  ],
  'worker/moderation': ['worker/contract', 'worker/http', 'worker/auth', 'worker/results'],
  'worker/pages': [
    'worker/contract',
    'worker/texts',
    'worker/limits.ts',
    'worker/env.ts',
    'worker/http',
    'worker/metering',
    'worker/validation',
    'worker/results',
  ],
  'worker/static': ['worker/env.ts', 'worker/http', 'worker/pages'],
  'worker/widget': ['worker/env.ts', 'worker/http', 'worker/secrets', 'worker/auth', 'worker/pages'],
  'worker/api.ts': [
    'worker/http',
    'worker/metering',
    'worker/service',
    'worker/auth',
    'worker/results',
    'worker/moderation',
  ],
  'worker/docs': ['worker/env.ts', 'worker/api.ts', 'package.json'],
}

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
  // From a capture to the rest of its head.
  'client/head': [
    'client/face',
    'client/image',
    'client/capture',
    'client/runtime/models.ts',
    'worker/contract/expression-names.ts',
  ],
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
    'client/head/atlas.ts',
    'client/head/expressions',
    'client/refine/types.ts',
    'client/runtime/runtime.ts',
    'client/runtime/models.ts',
    'client/runtime/sha256.ts',
    'worker/contract/plain-text.ts',
    'worker/contract/record.ts',
    'worker/contract/visible-psnr.ts',
    'package.json',
  ],
  // One run, of which page, library and terminal are adapters; what it can be asked for loads nothing of the method.
  'client/run/choices.ts': [
    'client/refine/schedule.ts',
    'client/head/complete-head.ts',
    'client/head/expressions/rest-expressions.ts',
    'client/head/hair/hair-style.ts',
  ],
  'client/run': [
    'client/image',
    'client/face',
    'client/head',
    'client/refine',
    'client/result',
    'client/runtime/models.ts',
    'client/runtime/runtime.ts',
    'client/runtime/runs-on.ts',
    'worker/contract/record.ts',
  ],
  // Of the worker, the client knows what travels between them, and by its type which routes there are.
  'client/share': ['worker/contract', 'worker/api.ts'],
  'client/app': [
    'client/capture',
    'client/face',
    'client/head',
    'client/refine',
    'client/runtime',
    'client/result',
    'client/run',
    'client/share',
    'client/image',
    'worker/contract/contract.ts',
    'worker/contract/record.ts',
    'worker/texts/figures.ts',
    'worker/texts/presets.ts',
    'worker/texts/sliders.ts',
  ],
  // One way in for other projects: it opens photos as the page does, and in Node as the terminal does.
  'client/index.ts': [
    'client/library',
    'client/capture',
    'client/face',
    'client/head',
    'client/image',
    'client/refine',
    'client/runtime',
    'client/result',
    'worker/contract/record.ts',
  ],
  'client/library': [
    'client/capture',
    'client/face',
    'client/head',
    'client/image',
    'client/refine',
    'client/runtime',
    'client/result',
    'client/run',
    'worker/contract/record.ts',
  ],
  'client/cli': [
    'client/capture',
    'client/face',
    'client/head',
    'client/image',
    'client/refine',
    'client/runtime',
    'client/result',
    'client/run',
    'models',
    'worker/contract/record.ts',
    'worker/contract/safely-parsed.ts',
    'worker/texts/figures.ts',
    'package.json',
  ],
  worker: ['package.json'],
  ...rooms,
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

test('whatever the client imports makes its build anew when it changes', () => {
  const imported = importsOf('client').map(({ target }) => target)
  // Types leave nothing in a build.
  const typesAlone = 'worker/api.ts'
  const unseen = imported.filter(
    (target) =>
      target !== typesAlone &&
      !target.startsWith('models/') &&
      !clientSources.some((place) => target === place || target.startsWith(`${place}/`)),
  )
  expect(unseen).toEqual([])
})

test('the arrows cover the client', () => {
  const folders = globSync('client/*/', { cwd: root }).map((path) => path.replace(/\/$/, ''))
  expect(Object.keys(arrows)).toEqual(expect.arrayContaining(folders))
})

test('the arrows cover the rooms of the worker', () => {
  const folders = globSync('worker/*/', { cwd: root }).map((path) => path.replace(/\/$/, ''))
  const running = folders.filter((folder) => !scripts.includes(`${folder}/`))
  expect(Object.keys(rooms)).toEqual(expect.arrayContaining(running))
})

test('each room of the worker knows only rooms before it', () => {
  const order = Object.keys(rooms)
  // A file of a room stands where the room stands, unless it has a place of its own.
  const place = (of: string) => order.findIndex((room) => of === room || of.startsWith(`${room}/`))
  const backward = Object.entries(rooms).flatMap(([room, allowed]) =>
    allowed.filter((other) => place(other) >= order.indexOf(room)).map((other) => `${room} -> ${other}`),
  )
  expect(backward).toEqual([])
})

test('no files of the worker import each other in a circle, types included', () => {
  const imports = Map.groupBy(importsOf('worker'), ({ file }) => file)
  // What imports nothing that is left cannot stand in a circle: taken away until nothing more can be.
  const left = new Set(imports.keys())
  for (let before = Infinity; left.size < before; ) {
    before = left.size
    for (const file of left) {
      if (!imports.get(file)!.some(({ target }) => left.has(target))) left.delete(file)
    }
  }
  expect([...left]).toEqual([])
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
