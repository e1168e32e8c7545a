import { parseArgs } from 'node:util'
import { makeModels } from './makeModels.ts'

// npm run models [-- --write]
try {
  const { values } = parseArgs({ options: { write: { type: 'boolean' } } })
  const made = await makeModels({ write: values.write, log: console.log })
  console.log(made ? 'The model files are in models/dist.' : 'The model files in models/dist are up to date.')
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
