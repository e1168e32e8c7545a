import type { RunRecord } from '../../worker/contract/record.ts'
import { exportFace } from '../result/export-face.ts'
import { exportHead } from '../result/export-head.ts'
import type { ModelFormat } from '../result/model-format.ts'
import { encodePng, texturePng, toBytes, weightPng } from '../result/png.ts'
import { sharpCodec } from '../result/sharp-codec.ts'
import type { WholeHead } from '../run/run-head.ts'
import type { Options } from './options.ts'
import type { OutputFolder } from './output-folder.ts'
import type { Made } from './refine-photo.ts'

/**
 * Writes the results of a run and what they came from. Nothing shows in the folder before its `commit`. texture.png is
 * what the record describes, and keeps its size.
 */
export async function save(
  { capture, problem, refined, png, whole }: Made,
  { format: kind, texture: glbTexture, textureSize }: Pick<Options, 'format' | 'texture' | 'textureSize'>,
  output: OutputFolder,
): Promise<RunRecord> {
  const { size } = refined
  const format = kind === 'glb' ? glbTexture : kind
  await output.write('texture.png', png)
  const exported = await exportFace({
    mesh: capture.mesh,
    texture: textureSize ? refined.texture : png,
    size: textureSize,
    format,
    codec: sharpCodec,
  })
  await output.write(fileName('face', format), exported.file)
  if (textureSize) await output.write(`texture-${textureSize}.png`, exported.png)
  if (whole.head) await saveHead(whole.head, { format, size: textureSize }, output)
  await output.write('record.json', `${JSON.stringify(whole.record, null, 2)}\n`)
  const { view } = capture
  await output.write('photo.png', await encodePng(toBytes(view.photo), view.size, view.size, 'rgb'))
  await output.write('sampled.png', await texturePng(capture.sampled, size))
  await output.write('content.png', await texturePng(problem.content, size))
  await output.write('weight.png', await weightPng(capture.weight, size))
  return whole.record
}

async function saveHead(
  head: WholeHead,
  { format, size }: { format: ModelFormat; size?: number },
  output: OutputFolder,
): Promise<void> {
  const exported = await exportHead({ ...head, format, size, codec: sharpCodec })
  await output.write('head-texture.png', head.png)
  await output.write(fileName('head', format), exported.file)
  if (size) await output.write(`head-texture-${size}.png`, exported.png)
  if (exported.hairPng) await output.write('hair-texture.png', exported.hairPng)
}

function fileName(name: 'face' | 'head', format: ModelFormat): string {
  if (format === 'usdz') return `${name}.usdz`
  return format === 'obj' ? `${name}-obj.zip` : `${name}.glb`
}
