import { type Pickled, PickleGlobal, readPickle } from './pickle.ts'
import { countOf, decodeFloats, type FileTensor, type FloatType, floatBytes, mostValues } from './tensor.ts'
import { UnusableFile } from './unusable.ts'

/** A one-dimensional array that tensors are views of. */
export class TorchStorage {
  readonly type: FloatType
  readonly key: string
  /** Number of values. */
  readonly count: number
  constructor(type: FloatType, key: string, count: number) {
    this.type = type
    this.key = key
    this.count = count
  }
}

/** A view of a storage: the value at index i lies at offset + sum of i times stride. */
class TorchTensor {
  readonly storage: TorchStorage
  readonly offset: number
  readonly shape: number[]
  readonly strides: number[]
  constructor(storage: TorchStorage, offset: number, shape: number[], strides: number[]) {
    this.storage = storage
    this.offset = offset
    this.shape = shape
    this.strides = strides
  }
}

const storageTypes: Record<string, FloatType> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
}

/** Most entries that one pickle may hand to dictionaries at once; they could be handed over many times. */
const mostPairs = 10_000

/** All that a state dict of floating-point tensors names, for one pickle. */
function globalsOf(): Map<string, PickleGlobal> {
  let pairsLeft = mostPairs
  /** Python 3 makes it empty and fills it then, Python 2 makes it of pairs. */
  const orderedDict = (pairs: Pickled = []): Pickled => {
    if (!Array.isArray(pairs) || pairs.length > pairsLeft) throw unexpected('makes a dictionary of no pairs')
    pairsLeft -= pairs.length
    const items = new Map<Pickled, Pickled>()
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2) throw unexpected('makes a dictionary of no pairs')
      items.set(pair[0], pair[1])
    }
    return items
  }
  const storage = (): Pickled => {
    throw unexpected('calls a storage')
  }
  const globals = [
    new PickleGlobal('collections.OrderedDict', orderedDict),
    new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor),
    // Before version 0.4, as in torchvision's VGG16: the same without the requirement of gradients.
    new PickleGlobal('torch._utils._rebuild_tensor', rebuildTensor),
    ...Object.keys(storageTypes).map((name) => new PickleGlobal(name, storage)),
  ]
  return new Map(globals.map((global) => [global.name, global]))
}

/**
 * Reads one pickle of a PyTorch file.
 *
 * @param onStorage is told each storage that the pickle refers to
 */
export function readTorchPickle(
  bytes: Uint8Array,
  start = 0,
  onStorage: (storage: TorchStorage) => void = () => {},
): { value: Pickled; end: number } {
  const persistent = (id: Pickled) => {
    const storage = storageOf(id)
    onStorage(storage)
    return storage
  }
  return readPickle(bytes, { globals: globalsOf(), persistent }, start)
}

/**
 * The tensors of a state dict, also of one that was saved within a checkpoint (`{state_dict: ...}`) or from a
 * DataParallel model (`module.` before every name).
 *
 * @param readStorage the bytes of a storage, exactly as many as it has
 */
export function stateDict(
  value: Pickled,
  readStorage: (storage: TorchStorage) => Promise<Uint8Array>,
): Map<string, FileTensor> {
  const wrapped = value instanceof Map && value.get('state_dict')
  const dictionary = wrapped || value
  if (!(dictionary instanceof Map)) throw unexpected('holds no dictionary of tensors')
  const tensors = new Map<string, FileTensor>()
  for (const [name, tensor] of dictionary) {
    if (typeof name !== 'string' || !(tensor instanceof TorchTensor)) continue
    const values = () => valuesOf(tensor, readStorage)
    tensors.set(name.replace(/^(module\.)+/, ''), { shape: tensor.shape, values })
  }
  return tensors
}

function rebuildTensor(...[storage, offset, shape, strides]: Pickled[]): Pickled {
  if (
    !(storage instanceof TorchStorage) ||
    !isCount(offset) ||
    !isCounts(shape) ||
    !isCounts(strides) ||
    shape.length !== strides.length
  ) {
    throw unexpected('makes a tensor of no storage, shape and strides')
  }
  return new TorchTensor(storage, offset, shape, strides)
}

/** ('storage', class, key, device, count), and in older files None where it is no view of another. */
function storageOf(id: Pickled): TorchStorage {
  const [kind, type, key, , count, view = null] = Array.isArray(id) ? id : []
  if (
    kind !== 'storage' ||
    !(type instanceof PickleGlobal) ||
    !Object.hasOwn(storageTypes, type.name) ||
    typeof key !== 'string' ||
    !isCount(count) ||
    view !== null
  ) {
    throw unexpected('refers to what is no storage')
  }
  return new TorchStorage(storageTypes[type.name], key, count)
}

async function valuesOf(
  { storage, offset, shape, strides }: TorchTensor,
  readStorage: (storage: TorchStorage) => Promise<Uint8Array>,
): Promise<Float32Array> {
  const count = countOf(shape)
  const last = shape.reduce((at, side, axis) => at + (side - 1) * strides[axis], offset)
  if (count > 0 && last >= storage.count) {
    throw new UnusableFile(
      `is a damaged PyTorch file (a tensor of shape [${shape.slice(0, 8)}] reaches value ${last} of a storage of ${storage.count})`,
    )
  }
  if (storage.count > mostValues) {
    throw unexpected(`keeps a tensor in a storage of ${storage.count} values, more than ${mostValues},`)
  }
  const bytes = await readStorage(storage)
  if (bytes.length !== storage.count * floatBytes[storage.type]) {
    throw new UnusableFile(
      `is a damaged PyTorch file (storage ${storage.key.slice(0, 20)} has ${bytes.length} bytes for ${storage.count} values)`,
    )
  }
  const stored = decodeFloats(bytes, storage.type)
  const dense = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  if (shape.every((side, axis) => side === 1 || strides[axis] === dense[axis])) {
    return stored.subarray(offset, offset + count)
  }
  return gather(stored, count, offset, shape, strides)
}

/** The values of a view in its own order: the last index runs fastest. */
function gather(stored: Float32Array, count: number, offset: number, shape: number[], strides: number[]) {
  const values = new Float32Array(count)
  const index = shape.map(() => 0)
  let at = offset
  for (let i = 0; i < count; i++) {
    values[i] = stored[at]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]
      if (++index[axis] < shape[axis]) break
      at -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return values
}

const isCount = (value: Pickled): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isCounts = (value: Pickled): value is number[] =>
  Array.isArray(value) && value.length <= 8 && value.every(isCount)

function unexpected(what: string): UnusableFile {
  return new UnusableFile(
    `is a PyTorch file that ${what} where a state dict was expected`,
    'load it in PyTorch and save only its weights, torch.save(model.state_dict(), FILE)',
  )
}
