// node terminal-run.ts PHOTO PRESET SEED: the terminal's run on the browser's WebAssembly runtime, as one line of JSON.
import { parseOptions } from '../../client/cli/options.ts'
import { refinePhoto } from '../../client/cli/refine-photo.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { wasmInNode } from '../parity/wasm-in-node.ts'

const [photo, preset, seed] = process.argv.slice(2)
const options = parseOptions([photo, '--out', 'nowhere', '--preset', preset, '--seed', seed])
if (options === 'help') throw new Error('Help was asked for.')
const silent = { say() {}, advance() {}, end() {} }
const { png, record } = await refinePhoto(options, diskStore(), silent, wasmInNode)
process.stdout.write(JSON.stringify({ png: Buffer.from(png).toString('base64'), record }))
