import { UnusableFile } from './unusable.ts'

/** What Python's pickle can hold, as far as weights files need it. Lists and tuples are arrays, dicts are maps. */
export type Pickled = null | boolean | number | bigint | string | Pickled[] | Map<Pickled, Pickled> | object

/** A Python name that a pickle may use: what calling it gives here. Nothing of Python is ever run. */
export class PickleGlobal {
  readonly name: string
  readonly call: (...parameters: Pickled[]) => Pickled
  constructor(name: string, call: PickleGlobal['call']) {
    this.name = name
    this.call = call
  }
}

export interface PickleOptions {
  /** The names that may be used; every other one is refused. */
  globals: ReadonlyMap<string, PickleGlobal>
  /** Object behind a persistent id. */
  persistent: (id: Pickled) => Pickled
}

/** Stands on the stack where a list of items begins. */
const mark = Symbol('mark')

/**
 * Interprets one pickle (protocols 2 to 5), a program for a small stack machine. Every opcode makes at most one value
 * out of bytes that are there, so that a pickle takes memory in proportion to its length.
 *
 * @param start where the pickle begins
 * @returns the value and where the pickle ends
 * @throws UnusableFile where it breaks off, or uses an opcode or a name that weights don't need
 */
export function readPickle(
  bytes: Uint8Array,
  { globals, persistent }: PickleOptions,
  start = 0,
): { value: Pickled; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stack: (Pickled | typeof mark)[] = []
  const memo = new Map<number, Pickled>()
  let at = start

  const take = (length: number): number => {
    if (at + length > bytes.length) throw broken(`it breaks off at byte ${bytes.length}`)
    at += length
    return at - length
  }
  const byte = () => view.getUint8(take(1))
  const uint16 = () => view.getUint16(take(2), true)
  const uint32 = () => view.getUint32(take(4), true)
  const text = (length: number) => {
    const from = take(length)
    return new TextDecoder().decode(bytes.subarray(from, from + length))
  }
  const line = () => {
    const end = bytes.indexOf(0x0a, at)
    if (end < 0 || end - at > 1000) throw broken(`it breaks off at byte ${at}`)
    const value = text(end - at)
    at = end + 1
    return value
  }
  const pop = (): Pickled => {
    const value = stack.pop()
    if (value === undefined || value === mark) throw broken(`it takes from an empty stack at byte ${at - 1}`)
    return value
  }
  const top = (): Pickled => {
    const value = pop()
    stack.push(value)
    return value
  }
  const popToMark = (): Pickled[] => {
    const from = stack.lastIndexOf(mark)
    if (from < 0) throw broken(`it ends a list that never began at byte ${at - 1}`)
    const items = stack.splice(from) as Pickled[]
    return items.slice(1)
  }
  const popTuple = (length: number): Pickled[] => {
    const items: Pickled[] = []
    for (let i = 0; i < length; i++) items.unshift(pop())
    return items
  }
  const recall = (key: number): Pickled => {
    const value = memo.get(key)
    if (value === undefined) throw broken(`it recalls what it never kept at byte ${at - 1}`)
    return value
  }
  const known = (name: string): PickleGlobal => {
    const found = globals.get(name)
    if (found) return found
    throw new UnusableFile(
      `is a PyTorch file that uses "${name.slice(0, 100)}", where only tensors in dictionaries were expected`,
      'load it in PyTorch and save only its weights, torch.save(model.state_dict(), FILE)',
    )
  }
  const setItems = (items: Pickled[]) => {
    const target = top()
    if (!(target instanceof Map) || items.length % 2) throw broken(`it fills no dictionary at byte ${at - 1}`)
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1])
  }
  const append = (items: Pickled[]) => {
    const target = top()
    if (!Array.isArray(target)) throw broken(`it fills no list at byte ${at - 1}`)
    for (const item of items) target.push(item)
  }

  for (;;) {
    const opcode = byte()
    switch (opcode) {
      case 0x80: // PROTO
        if (byte() > 5) throw broken('its protocol is newer than 5')
        break
      case 0x95: // FRAME
        take(8)
        break
      case 0x2e: // STOP
        return { value: pop(), end: at }
      case 0x28: // MARK
        stack.push(mark)
        break
      case 0x4e: // NONE
        stack.push(null)
        break
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(opcode === 0x88)
        break
      case 0x4b: // BININT1
        stack.push(byte())
        break
      case 0x4d: // BININT2
        stack.push(uint16())
        break
      case 0x4a: // BININT
        stack.push(view.getInt32(take(4), true))
        break
      case 0x8a: {
        // LONG1
        const length = byte()
        if (length > 16) throw broken(`it holds a number of ${length} bytes`)
        const from = take(length)
        stack.push(longOf(bytes.subarray(from, from + length)))
        break
      }
      case 0x47: // BINFLOAT
        stack.push(view.getFloat64(take(8), false))
        break
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING
        stack.push(text(uint32()))
        break
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        stack.push(text(byte()))
        break
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([])
        break
      case 0x7d: // EMPTY_DICT
        stack.push(new Map())
        break
      case 0x74: // TUPLE
        stack.push(popToMark())
        break
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        stack.push(popTuple(opcode - 0x84))
        break
      case 0x61: // APPEND
        append([pop()])
        break
      case 0x65: // APPENDS
        append(popToMark())
        break
      case 0x73: // SETITEM
        setItems(popTuple(2))
        break
      case 0x75: // SETITEMS
        setItems(popToMark())
        break
      case 0x71: // BINPUT
        memo.set(byte(), top())
        break
      case 0x72: // LONG_BINPUT
        memo.set(uint32(), top())
        break
      case 0x94: // MEMOIZE
        memo.set(memo.size, top())
        break
      case 0x68: // BINGET
        stack.push(recall(byte()))
        break
      case 0x6a: // LONG_BINGET
        stack.push(recall(uint32()))
        break
      case 0x63: {
        // GLOBAL
        const module = line()
        stack.push(known(`${module}.${line()}`))
        break
      }
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = popTuple(2)
        if (typeof module !== 'string' || typeof name !== 'string') {
          throw broken(`it uses a name that is no text at byte ${at - 1}`)
        }
        stack.push(known(`${module}.${name}`))
        break
      }
      case 0x51: // BINPERSID
        stack.push(persistent(pop()))
        break
      case 0x52: {
        // REDUCE
        const [callee, parameters] = popTuple(2)
        if (!(callee instanceof PickleGlobal) || !Array.isArray(parameters) || parameters.length > 20) {
          throw broken(`it calls what can't be called at byte ${at - 1}`)
        }
        stack.push(callee.call(...parameters))
        break
      }
      case 0x62: // BUILD: attributes of a dictionary, such as the versions of modules
        pop()
        if (!(top() instanceof Map)) throw broken(`it sets attributes of no dictionary at byte ${at - 1}`)
        break
      default:
        throw broken(`it uses opcode 0x${opcode.toString(16)} at byte ${at - 1}`)
    }
  }
}

/** Two's complement, little-endian. A number where it is one exactly. */
function longOf(bytes: Uint8Array): number | bigint {
  let value = 0n
  for (const [i, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * i)
  value = BigInt.asIntN(8 * bytes.length, value)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function broken(what: string): UnusableFile {
  return new UnusableFile(`is a PyTorch file whose pickle can't be read (${what})`)
}
