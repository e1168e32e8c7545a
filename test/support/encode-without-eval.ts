// node --disallow-code-generation-from-strings encode-without-eval.ts FOLDER: encodes a gradient with the changed encoder
// that lies in FOLDER, where nothing may be compiled from text, and writes texture.ktx2 beside it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pixelsOf } from '../../client/result/image-codec.ts'
import { encodeWith } from '../../client/result/ktx2.ts'
import { gradientTexture } from '../unit/result/synthetic.ts'

const folder = process.argv[2]
const { default: load } = await import(join(folder, 'basis_encoder.mjs'))
const basis = await load({ wasmBinary: readFileSync(join(folder, 'basis_encoder.wasm')) })
basis.initializeBasis()
writeFileSync(join(folder, 'texture.ktx2'), encodeWith(basis, pixelsOf(gradientTexture(64), 64)))
