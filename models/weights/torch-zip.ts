import type { ByteSource } from './source.ts'
import { type FileTensor, floatBytes } from './tensor.ts'
import { readTorchPickle, stateDict } from './torch-objects.ts'
import { UnusableFile } from './unusable.ts'
import { readZipEntry, zipEntries } from './zip.ts'

const mostPickleBytes = 2 ** 22
const pickleName = 'data.pkl'

/**
 * The tensors of a PyTorch file as torch.save has written it since version 1.6: a zip archive with one folder, in it the
 * pickle `data.pkl` and the storages `data/<key>`.
 *
 * @throws UnusableFile
 */
export async function torchZipTensors(source: ByteSource): Promise<Map<string, FileTensor>> {
  const entries = await zipEntries(source)
  const pickles = [...entries.values()].filter(({ filename }) => /^[^/]+\/data\.pkl$/.test(filename))
  if (pickles.length !== 1) {
    throw new UnusableFile(
      `is a zip archive of ${entries.size} files with no PyTorch weights in it (FOLDER/data.pkl is missing)`,
      'give the .pth file as it was downloaded, or what it was packed from',
    )
  }
  const folder = pickles[0].filename.slice(0, -pickleName.length)
  const order = entries.get(`${folder}byteorder`)
  if (order && new TextDecoder().decode(await readZipEntry(order, 100)).trim() !== 'little') {
    throw new UnusableFile(
      'is a PyTorch file of a big-endian machine, where little-endian was expected',
      'save it on another machine',
    )
  }
  const { value } = readTorchPickle(await readZipEntry(pickles[0], mostPickleBytes))
  return stateDict(value, async ({ key, type, count }) => {
    const entry = entries.get(`${folder}data/${key}`)
    if (!entry) throw new UnusableFile(`is a damaged PyTorch file (storage ${key.slice(0, 20)} is missing)`)
    return readZipEntry(entry, count * floatBytes[type])
  })
}
