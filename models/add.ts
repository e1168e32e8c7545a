import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { readWeights, type WeightTensor } from '../client/refine/weights.ts'
import type { ModelEntry } from '../client/runtime/models.ts'
import { sha256 } from './contentHash.ts'
import { makeModels, readServedManifest } from './makeModels.ts'
import { distFolder } from './paths.ts'
import { type StoredTensor, writeSafetensors } from './safetensors.ts'

/** Convolutions of each VGG16 block; in torchvision's numbering a ReLU follows each and a pool each block. */
const blocks = [2, 2, 3, 3, 3]

/**
 * Adds weights that are not bundled to the served models (`npm run models -- add vgg16 FILE.safetensors`). They are
 * named in models/dist/manifest.json only, and stay there when the other files are made anew.
 *
 * @param parameters what follows `add` on the command line
 * @throws Error in one sentence: wrong arguments, or a file that is wrong, truncated or incomplete
 */
export async function addModel(parameters: string[], folder: string = distFolder): Promise<ModelEntry> {
  const [id, path, ...more] = parameters
  if (id !== 'vgg16' || !path || more.length > 0) {
    throw new Error(
      `"add ${parameters.join(' ')}" can't be done: give npm run models -- add vgg16 FILE.safetensors.`,
    )
  }
  const data = writeSafetensors(vgg16Tensors(readFile(path), path), {})
  const name = 'vgg16/vgg16.safetensors'
  const hash = sha256(data)
  const entry: ModelEntry = {
    id,
    version: hash.slice(0, 16),
    purpose: 'backbone',
    licence: 'BSD-3-Clause (torchvision)',
    source:
      'added by the operator of this copy; the licence is that of torchvision, whose VGG16 weights are expected here',
    files: [{ file: name, bytes: data.length, sha256: hash }],
  }
  if (readServedManifest(folder).models.length === 0 && folder === distFolder) await makeModels()
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), data)
  const others = readServedManifest(folder).models.filter((model) => model.id !== id)
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ models: [...others, entry] }))
  return entry
}

function readFile(path: string): Map<string, WeightTensor> {
  if (['.pth', '.pt', '.onnx'].includes(extname(path).toLowerCase())) {
    throw new Error(
      `${path} is a PyTorch or ONNX file, which can't be read yet: convert it to safetensors and add that.`,
    )
  }
  let file: Uint8Array
  try {
    // npm runs scripts in the repository; paths are meant from where the person stands.
    file = readFileSync(resolve(process.env.INIT_CWD ?? '.', path))
  } catch (error) {
    throw new Error(`${path} can't be read (${(error as NodeJS.ErrnoException).code}): give a weights file.`)
  }
  try {
    return readWeights(file).tensors
  } catch (error) {
    throw new Error(
      `${path} is no whole safetensors file (${(error as Error).message.replace(/\.$/, '')}): download or convert it again.`,
    )
  }
}

/** The thirteen convolutions under their names here, F32, each fitting the one before. Any widths. */
function vgg16Tensors(given: Map<string, WeightTensor>, path: string): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>()
  let channels = 3
  let feature = 0
  for (const [block, convolutions] of blocks.entries()) {
    for (let i = 1; i <= convolutions; i++, feature += 2) {
      const name = `conv${block + 1}_${i}`
      const take = (part: 'weight' | 'bias', fits: (shape: number[]) => boolean, expected: string) => {
        const tensor = given.get(`${name}.${part}`) ?? given.get(`features.${feature}.${part}`)
        const wrong = !tensor
          ? `has no tensor ${name}.${part} (nor features.${feature}.${part})`
          : !fits(tensor.shape)
            ? `has ${name}.${part} of shape [${tensor.shape}] where ${expected} was expected`
            : !tensor.data.every(Number.isFinite) &&
              `has values in ${name}.${part} that are no finite numbers`
        if (wrong) throw new Error(`${path} ${wrong}: give the weights of VGG16, conv1_1 .. conv5_3.`)
        const { shape, data } = tensor!
        tensors.set(`${name}.${part}`, { dtype: 'F32', shape, data })
        return shape[0]
      }
      const isKernel = ([, input, ...kernel]: number[]) => input === channels && String(kernel) === '3,3'
      const out = take('weight', isKernel, `[any, ${channels}, 3, 3]`)
      take('bias', (shape) => String(shape) === String([out]), `[${out}]`)
      channels = out
    }
    feature += 1
  }
  return tensors
}
