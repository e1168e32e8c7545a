import { keysObject, makeKey, type WidgetKey, widgetKeys } from '../auth/keys.ts'
import { limits } from '../limits.ts'
import { randomText } from '../secrets/crypto.ts'
import { commandLine, wrongUsage } from './command-line.ts'
import { assertExactOrigin } from './exact-origin.ts'
import { type Place, readObject, writeObject } from './r2-object.ts'

// npm run keys: the publishable keys that widgets on other sites carry.

const usage = `Usage:
  npm run keys -- create --origin https://shop.example [--origin ...] [--name "The shop"]
  npm run keys -- list
  npm run keys -- revoke ID
Add --remote for the deployed service; without it the keys of local development are meant.`

const path = `facerefiner-results/${keysObject}`

try {
  await run()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values, positionals } = commandLine(
    usage,
    {
      origin: { type: 'string', multiple: true, default: [] },
      name: { type: 'string', default: '' },
      remote: { type: 'boolean', default: false },
    },
    { words: 2 },
  )
  const [command, id] = positionals
  const place: Place = values.remote ? 'remote' : 'local'
  if (command === 'create' && id === undefined) await create(place, values.origin, values.name)
  else if (command === 'list' && id === undefined) list(read(place))
  else if (command === 'revoke' && id !== undefined) revoke(place, id)
  else wrongUsage('Say create, list, or revoke and the id of a key.')
}

async function create(place: Place, origins: string[], name: string): Promise<void> {
  if (origins.length === 0 || origins.length > limits.keys.maxOrigins) {
    throw new Error(`A key is bound to 1 to ${limits.keys.maxOrigins} origins: give --origin.\n\n${usage}`)
  }
  for (const origin of origins) assertExactOrigin(origin)
  if (name.length > limits.keys.nameLength) {
    throw new Error(`The name has ${name.length} characters; at most ${limits.keys.nameLength} are kept.`)
  }
  const keys = read(place)
  const text = `pk_${randomText(24)}`
  const key = await makeKey(text, name, [...new Set(origins)], new Date().toISOString())
  write(place, [...keys, key])
  console.log(`${text}\n\nId ${key.id}, for pages of ${key.origins.join(', ')}.`)
  console.log('It is told this once. It stands in your page and is no secret: it works on these pages alone.')
}

function list(keys: WidgetKey[]): void {
  if (keys.length === 0) console.log('There are no keys.')
  for (const { id, name, origins, created, revoked } of keys) {
    const state = revoked ? `revoked ${revoked.slice(0, 10)}` : 'active'
    console.log([id, state, created.slice(0, 10), origins.join(' '), name].join('  ').trimEnd())
  }
}

function revoke(place: Place, id: string): void {
  const keys = read(place)
  const key = keys.find((candidate) => candidate.id === id)
  if (!key) throw new Error(`There is no key ${id}. See: npm run keys -- list`)
  key.revoked ??= new Date().toISOString()
  write(place, keys)
  console.log(`${id} is revoked; pages notice within ${limits.keys.cacheSeconds} s.`)
}

function read(place: Place): WidgetKey[] {
  const text = readObject(path, place)
  return text ? widgetKeys.parse(JSON.parse(text)) : []
}

function write(place: Place, keys: WidgetKey[]): void {
  writeObject(path, JSON.stringify(keys, null, 2), place)
}
