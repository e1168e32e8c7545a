import { describe, expect, it } from 'vitest'
import type { OutputFolder } from '../../../client/cli/output-folder.ts'
import type { Made } from '../../../client/cli/refine-photo.ts'
import { save } from '../../../client/cli/save.ts'
import { headAtlas } from '../../../client/head/atlas.ts'
import { atlasPng, texturePng } from '../../../client/result/png.ts'
import { contentsOf } from '../../support/zipped-files.ts'
import { dome, domeRun } from '../result/synthetic.ts'

const { capture, problem, refined } = domeRun(64)
const texture = headAtlas(refined.texture, refined.texture, 64)
const head = { mesh: dome(4), texture, png: await atlasPng(texture, 64), hair: null, size: 64 }
const made = {
  ...{ capture, problem, refined },
  png: await texturePng(refined.texture, 64),
  whole: { head, whyFaceAlone: null, record: {} },
} as unknown as Made

async function saved(options: Parameters<typeof save>[1]): Promise<Record<string, Uint8Array | string>> {
  const files: Record<string, Uint8Array | string> = {}
  const output: Pick<OutputFolder, 'write'> = {
    write: async (name, content) => {
      files[name] = content
    },
  }
  await save(made, options, output as OutputFolder)
  return files
}

describe('save', () => {
  it.each([
    ['glb', 'face.glb', 'head.glb'],
    ['usdz', 'face.usdz', 'head.usdz'],
    ['obj', 'face-obj.zip', 'head-obj.zip'],
  ] as const)('writes %s as %s and %s', async (format, ...names) => {
    const files = Object.keys(await saved({ format, texture: 'png' }))
    expect(files.filter((name) => /^(face|head)[.-](glb|usdz|obj)/.test(name))).toEqual(names)
    expect(files).toEqual(expect.arrayContaining(['texture.png', 'head-texture.png', 'record.json']))
  })

  it('writes the texture at the size that is asked for, into the 3D file too', async () => {
    const files = await saved({ format: 'usdz', texture: 'png', textureSize: 512 })
    expect(contentsOf(files['face.usdz'] as Uint8Array)['textures/face.png'].length).toBe(
      files['texture-512.png'].length,
    )
  })
})
