import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import validator from 'gltf-validator'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { root } from '../../../models/paths.ts'
import { buildLibrary } from '../../../worker/dev/library.ts'
import { textureFormatIn } from '../../support/texture-in.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })
const run = promisify(execFile)

const library = join(root, 'dist', 'library')
/** Another project that has the package installed; what it depends on comes from this repository. */
const project = join(root, 'dist', 'library-user')

beforeAll(async () => {
  await buildLibrary()
  rmSync(project, { recursive: true, force: true })
  const installed = join(project, 'node_modules', 'facerefiner')
  mkdirSync(installed, { recursive: true })
  const { stdout: tarball } = await run('npm', ['pack', '--silent', '--pack-destination', project], {
    cwd: library,
  })
  await run('tar', ['-xzf', join(project, tarball.trim()), '-C', installed, '--strip-components=1'])
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

/** A Node 20 of this machine; undefined where there is none. */
async function oldestNode(): Promise<string | undefined> {
  const folders = process.env.PATH!.split(delimiter).filter((folder) => !folder.includes('node_modules'))
  for (const node of folders.map((folder) => join(folder, 'node')).filter(existsSync)) {
    const { stdout } = await run(node, ['--version'])
    if (stdout.startsWith('v20.')) return node
  }
}

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

  it('runs the example as it is, with its own model files, on the oldest Node that it takes', async () => {
    cpSync(join(root, 'client/library/examples/node.mjs'), join(project, 'node.mjs'))
    const photo = join(root, 'client/app/sample/astronaut.png')
    const node = (await oldestNode()) ?? process.execPath
    const { stdout } = await run(node, ['node.mjs', photo, 'result'], { cwd: project })
    expect(stdout).toMatch(/^Looking for faces\n/)
    expect(stdout).toMatch(/100%\n[\d,]+ texels \(\d+%\) that no side of the photo shows were optimised\.\n$/)
    expect(readdirSync(join(project, 'result')).sort()).toEqual(['face.glb', 'head.glb', 'texture.png'])
    for (const name of ['face.glb', 'head.glb']) {
      const glb = readFileSync(join(project, 'result', name))
      expect((await validator.validateBytes(glb)).issues.messages).toEqual([])
    }
    const { format, width } = await sharp(join(project, 'result/texture.png')).metadata()
    expect([format, width]).toEqual(['png', 256])
    expect(await textureFormatIn(readFileSync(join(project, 'result/face.glb')))).toEqual(['webp', 512])
    const failed = await run(node, ['node.mjs', 'nowhere.png', 'result'], { cwd: project }).catch(
      (error) => error,
    )
    expect(failed.stderr).toMatch(/^nowhere\.png can't be read .+\n$/)
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
