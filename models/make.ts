import { commandLine, wrongUsage } from '../worker/dev/command-line.ts'
import { makeModels } from './make-models.ts'

const help = `npm run models                       makes every model file into models/dist, where one is missing or outdated
npm run models -- --write            the same, and accepts files that came out different (models/manifest.json)
npm run models -- add vgg16 FILE     adds VGG16 weights (PyTorch .pth, .safetensors or ONNX) for the preset "paper";
                                     a second time replaces the first; models/vgg16.md says where to get them
npm run models -- publish            puts all of models/dist into the local bucket that npm start serves
npm run models -- publish --remote   puts it into the bucket of your Cloudflare account, through wrangler
npm run models -- --help             this`

const { values, positionals } = commandLine(
  help,
  { write: { type: 'boolean' }, remote: { type: 'boolean' } },
  { words: Number.POSITIVE_INFINITY },
)
const [command, ...rest] = positionals
if (values.remote && command !== 'publish') wrongUsage('--remote goes with publish only.')
if (values.write && command !== undefined) wrongUsage(`--write does not go with ${command}.`)

try {
  if (command === 'add') await add(rest)
  else if (command === 'publish') await publish(rest, values.remote)
  else if (command === undefined) await make(values.write)
  else wrongUsage(`Unknown command "${command}": there are add and publish.`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function make(write?: boolean): Promise<void> {
  const made = await makeModels({ write, log: console.log })
  console.log(made ? 'The model files are in models/dist.' : 'The model files in models/dist are up to date.')
}

async function add(parameters: string[]): Promise<void> {
  const { addModel } = await import('./add.ts')
  const { id, files } = await addModel(parameters)
  const [{ file, bytes, sha256 }] = files
  console.log(`${id} is added: models/dist/${file}, ${(bytes / 1e6).toFixed(1)} MB, sha256 ${sha256}.`)
  console.log('npm start serves it at its next start; npm run models -- publish --remote publishes it.')
}

async function publish(parameters: string[], remote?: boolean): Promise<void> {
  if (parameters.length > 0) wrongUsage(`publish takes nothing but --remote, not "${parameters[0]}".`)
  const { offline } = await import('../worker/dev/offline.ts')
  Object.assign(process.env, offline)
  await makeModels({ log: console.log })
  const { publishModels } = await import('./publish.ts')
  const { localState, withLocalBucket } = await import('./local-bucket.ts')
  const { remoteBucket } = await import('./remote-bucket.ts')
  const into = async (bucket: Awaited<ReturnType<typeof remoteBucket>>) => {
    const { put, skipped } = await publishModels(bucket, console.log)
    console.log(`${put} objects were put into ${bucket.name}, ${skipped} were there already.`)
  }
  if (remote) await into(await remoteBucket())
  else await withLocalBucket(localState, into)
}
