import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ModelEntry } from '../client/runtime/models.ts'
import { makeModels } from './make-models.ts'
import { distFolder } from './paths.ts'
import { placeFiles } from './place-files.ts'
import { writeSafetensors } from './safetensors.ts'
import { registerAddedModel } from './served-manifest.ts'
import { readTensors } from './weights/read.ts'
import { fileSource } from './weights/source.ts'
import { UnusableFile } from './weights/unusable.ts'
import { vgg16Tensors } from './weights/vgg16.ts'

/**
 * Adds weights that are not bundled to the served models (`npm run models -- add vgg16 FILE`), in place of those added
 * before. They stay there when the other files are made anew. The same weights give the same bytes, whatever file they
 * come from; models/vgg16.md describes the result.
 *
 * @param parameters what follows `add` on the command line
 * @throws Error in one sentence, before anything is written: wrong arguments, or a file that is wrong, truncated or
 *   incomplete
 */
export async function addModel(parameters: string[], folder: string = distFolder): Promise<ModelEntry> {
  const [id, path, ...more] = parameters
  if (id !== 'vgg16' || !path || more.length > 0) {
    throw new Error(`"add ${parameters.join(' ')}" can't be done: give npm run models -- add vgg16 FILE.`)
  }
  const data = await convert(path)
  if (!existsSync(join(folder, 'manifest.json')) && folder === distFolder) await makeModels()
  const files = await placeFiles(id, new Map([['vgg16.safetensors', data]]), folder)
  const entry: ModelEntry = {
    id,
    version: files[0].sha256.slice(0, 16),
    purpose: 'backbone',
    licence: 'BSD-3-Clause (torchvision)',
    source:
      "added by the operator of this copy, who answers for its terms; the licence is that of torchvision's code, whose VGG16 weights, trained on ImageNet, are expected here",
    files,
  }
  registerAddedModel(entry, folder)
  return entry
}

async function convert(path: string): Promise<Uint8Array> {
  let source: ReturnType<typeof fileSource> | undefined
  try {
    // npm runs scripts in the repository; paths are meant from where the person stands.
    source = fileSource(resolve(process.env.INIT_CWD ?? '.', path))
    return writeSafetensors(await vgg16Tensors(await readTensors(source)), {})
  } catch (error) {
    if (error instanceof UnusableFile) throw new Error(`${path} ${error.message}`)
    const { code, syscall } = error as NodeJS.ErrnoException
    if (!syscall) throw error
    throw new Error(`${path} can't be read (${code}): give a weights file.`)
  } finally {
    source?.close()
  }
}
