import { floatsToHalves, largestHalf } from '../float16.ts'
import type { StoredTensor } from '../safetensors.ts'
import { countOf, type FileTensor } from './tensor.ts'
import { UnusableFile } from './unusable.ts'

/** Convolutions of each block. */
const blocks = [2, 2, 3, 3, 3]

/** conv1_1 .. conv5_3 */
export const convolutionNames = blocks.flatMap((count, block) =>
  Array.from({ length: count }, (_, i) => `conv${block + 1}_${i + 1}`),
)

/** Torchvision counts a ReLU after each convolution and a pool after each block as well. */
const torchvisionNames = blocks.flatMap((count, block) =>
  Array.from({ length: count }, (_, i) => {
    const before = blocks.slice(0, block).reduce((sum, convolutions) => sum + 2 * convolutions + 1, 0)
    return `features.${before + 2 * i}`
  }),
)

/** Most values of all convolutions together; the published network has 14.7 million. */
const mostTotal = 2 ** 26

/**
 * VGG16's convolutions as float16 under the names of {@link convolutionNames}: `<name>.weight` [out, in, 3, 3] and
 * `<name>.bias` [out]. The widths are the file's; each convolution must take what the one before gives.
 *
 * @param given under these names or torchvision's
 * @throws UnusableFile where one is missing, misfits, or holds a number that is not finite or beyond float16
 */
export async function vgg16Tensors(given: Map<string, FileTensor>): Promise<Map<string, StoredTensor>> {
  const found = new Map<string, FileTensor>()
  let channels = 3
  for (const [i, name] of convolutionNames.entries()) {
    const take = (part: string, fits: (shape: number[]) => boolean, expected: string): number => {
      const tensor = given.get(`${name}.${part}`) ?? given.get(`${torchvisionNames[i]}.${part}`)
      if (!tensor) throw unfit(`has no tensor ${name}.${part} (nor ${torchvisionNames[i]}.${part})`)
      if (!fits(tensor.shape)) {
        throw unfit(
          `has ${name}.${part} of shape [${tensor.shape.slice(0, 8)}] where ${expected} was expected`,
        )
      }
      found.set(`${name}.${part}`, tensor)
      return tensor.shape[0]
    }
    const isKernel = ([out, input, ...kernel]: number[]) =>
      out > 0 && input === channels && String(kernel) === '3,3'
    const out = take('weight', isKernel, `[any, ${channels}, 3, 3]`)
    take('bias', (shape) => shape.length === 1 && shape[0] === out, `[${out}]`)
    channels = out
  }
  // Sizes first, so that nothing is read of a network that is too large.
  const total = [...found.values()].reduce((sum, { shape }) => sum + countOf(shape), 0)
  if (total > mostTotal) throw unfit(`has ${total} values, more than ${mostTotal}`)
  const stored = new Map<string, StoredTensor>()
  for (const [name, { shape, values }] of found) {
    stored.set(name, { dtype: 'F16', shape, data: halvesOf(await values(), name) })
  }
  return stored
}

function halvesOf(values: Float32Array, name: string): Uint16Array {
  const halves = floatsToHalves(values)
  // The exponent of infinity and NaN.
  const beyond = halves.findIndex((half) => (half & 0x7c00) === 0x7c00)
  if (beyond < 0) return halves
  throw unfit(
    Number.isFinite(values[beyond])
      ? `has the value ${values[beyond]} in ${name}, beyond float16's range of ${-largestHalf} to ${largestHalf}`
      : `has values in ${name} that are no finite numbers`,
  )
}

function unfit(problem: string): UnusableFile {
  return new UnusableFile(problem, 'give the weights of VGG16, conv1_1 .. conv5_3')
}
