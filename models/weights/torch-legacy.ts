import type { ByteSource } from './source.ts'
import { type FileTensor, type FloatType, floatBytes } from './tensor.ts'
import { readTorchPickle, stateDict, type TorchStorage } from './torch-objects.ts'
import { UnusableFile } from './unusable.ts'

/** What the first pickle of such a file holds. */
const magic = 0x1950a86a20f9469cfc6cn
const protocol = 1001
/** The pickles of a network of a few dozen tensors take a few kilobytes. */
const mostPickleBytes = 2 ** 22

/** Where a storage's values lie in the file. */
interface Place {
  type: FloatType
  start: number
  count: number
}

/**
 * The tensors of a PyTorch file as torch.save wrote it from version 0.2 to 1.5, which torchvision's VGG16 still is: five
 * pickles (magic number, protocol, the system's numbers, the object, the storages' keys), then each storage behind its
 * count of values (64 bits).
 *
 * @throws UnusableFile
 */
export function torchLegacyTensors(source: ByteSource): Map<string, FileTensor> {
  const bytes = source.read(0, Math.min(source.size, mostPickleBytes))
  let at = 0
  const used = new Map<string, TorchStorage>()
  const next = () => {
    const { value, end } = readTorchPickle(bytes, at, (storage) => used.set(storage.key, storage))
    at = end
    return value
  }
  if (next() !== magic || next() !== protocol) {
    throw new UnusableFile('is a Python pickle but no PyTorch file', 'save the weights with torch.save')
  }
  const system = next()
  if (!(system instanceof Map) || system.get('little_endian') !== true) {
    throw new UnusableFile(
      'is a PyTorch file of a big-endian machine, where little-endian was expected',
      'save it on another machine',
    )
  }
  const value = next()
  const places = placesOf(next(), used, source, at)
  return stateDict(value, async ({ key, type, count }) => {
    const place = places.get(key)
    if (!place || place.type !== type || place.count !== count) throw damaged(`storage ${key.slice(0, 20)}`)
    return source.read(place.start, count * floatBytes[type])
  })
}

function placesOf(
  keys: unknown,
  used: Map<string, TorchStorage>,
  source: ByteSource,
  start: number,
): Map<string, Place> {
  if (!Array.isArray(keys)) throw damaged('the list of storages')
  const places = new Map<string, Place>()
  let at = start
  for (const key of keys) {
    const storage = used.get(key)
    if (!storage || places.has(key)) throw damaged('the list of storages')
    const { type, count } = storage
    const head = source.read(at, 8)
    const found = new DataView(head.buffer, head.byteOffset).getBigInt64(0, true)
    if (found !== BigInt(count)) throw damaged(`the count of storage ${storage.key.slice(0, 20)}`)
    at += 8
    places.set(key, { type, start: at, count })
    at += count * floatBytes[type]
    if (at > source.size) {
      throw new UnusableFile(`is truncated (it has ${source.size} bytes and needs ${at} or more)`)
    }
  }
  return places
}

function damaged(what: string): UnusableFile {
  return new UnusableFile(`is a damaged PyTorch file (${what} is not as its pickle says)`)
}
