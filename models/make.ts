import { parseArgs } from 'node:util'
import { makeModels } from './makeModels.ts'

// npm run models [-- --write | -- add vgg16 FILE.safetensors]
try {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [command, ...rest] = positionals
  if (command === 'add') {
    const { addModel } = await import('./add.ts')
    const { id, files } = await addModel(rest)
    console.log(`${id} is added (${(files[0].bytes / 1e6).toFixed(1)} MB).`)
  } else if (command !== undefined) {
    throw new Error(`Unknown command "${command}"; the only one is add.`)
  } else {
    const made = await makeModels({ write: values.write, log: console.log })
    console.log(
      made ? 'The model files are in models/dist.' : 'The model files in models/dist are up to date.',
    )
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
