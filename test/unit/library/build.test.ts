import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { root } from '../../../models/paths.ts'
import { buildLibrary } from '../../../worker/dev/library.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const run = promisify(execFile)

const library = join(root, 'dist', 'library')
/** Another project that has the package installed. */
const project = join(root, 'dist', 'library-user')

beforeAll(async () => {
  await buildLibrary()
  rmSync(project, { recursive: true, force: true })
  mkdirSync(join(project, 'node_modules'), { recursive: true })
  symlinkSync(library, join(project, 'node_modules', 'facerefiner'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('the package folder', () => {
  it('names every package that its scripts import, and nothing of Node in the browser', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(library, 'package.json'), 'utf8'),
    )
    const packagesIn = (pattern: string) => {
      const sources = globSync(pattern, { cwd: library }).map((file) =>
        readFileSync(join(library, file), 'utf8'),
      )
      const found = sources.flatMap((source) => [
        ...source.matchAll(/(?:^import .*?from |^import |import\()"([^."][^"]*)"/gm),
      ])
      return [
        ...new Set(
          found.map(([, id]) =>
            id
              .split('/')
              .slice(0, id.startsWith('@') ? 2 : 1)
              .join('/'),
          ),
        ),
      ]
    }
    const browser = packagesIn('{browser.js,browser/*.js}')
    expect(browser).toContain('onnxruntime-web')
    expect(browser.filter((name) => !(name in dependencies))).toEqual([])
    const node = packagesIn('{node.js,node/*.js}').filter((name) => !name.startsWith('node:'))
    expect(node).toEqual(expect.arrayContaining(['onnxruntime-node', 'sharp']))
    expect(node.filter((name) => !(name in dependencies || name in optionalDependencies))).toEqual([])
  })

  it('finds the face of a photo in Node, from another project', async () => {
    writeFileSync(
      join(project, 'find.js'),
      `import { findFaces, capture } from 'facerefiner'
       console.log(JSON.stringify(await findFaces(process.argv[2])))
       await capture('nowhere.png').catch(({ name, message }) => console.log(name + ': ' + message))`,
    )
    const photo = join(root, 'client/app/sample/astronaut.png')
    const { stdout } = await run(process.execPath, ['find.js', photo], { cwd: project })
    const [faces, error] = stdout.trim().split('\n')
    expect(JSON.parse(faces)).toHaveLength(1)
    expect(error).toBe(
      "CaptureError: nowhere.png can't be read (there is no such file or folder): give the path of an image file.",
    )
  })

  it('has the types of the example', async () => {
    cpSync(join(root, 'client/library/examples/face.ts'), join(project, 'face.ts'))
    writeFileSync(
      join(project, 'wrong.ts'),
      `import { refine } from 'facerefiner'\nrefine({} as never, { preset: 'best' })\n`,
    )
    const compile = (file: string) =>
      run(
        join(root, 'node_modules/.bin/tsc'),
        [
          ...['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'],
          ...['--lib', 'es2024,dom', '--skipLibCheck', 'false', '--ignoreConfig', file],
        ],
        { cwd: project },
      )
    await compile('face.ts')
    const { stdout } = await compile('wrong.ts').catch((error) => error)
    expect(stdout).toContain(`Type '"best"' is not assignable to type`)
    expect(stdout.match(/error TS/g)).toHaveLength(1)
  })
})
