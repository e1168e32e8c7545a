import type { RunRecord } from '../../worker/contract/record.ts'
import { exportFace } from '../result/export-face.ts'
import { encodePng, texturePng, toBytes, weightPng } from '../result/png.ts'
import { sharpCodec } from '../result/sharp-codec.ts'
import type { Options } from './options.ts'
import type { OutputFolder } from './output-folder.ts'
import type { Made } from './refine-photo.ts'

/**
 * Writes the results of a run and what they came from. Nothing shows in the folder before its `commit`. texture.png is
 * what the record describes, and keeps its size.
 */
export async function save(
  { capture, problem, refined, png, record }: Made,
  { texture: format, textureSize }: Pick<Options, 'texture' | 'textureSize'>,
  output: OutputFolder,
): Promise<RunRecord> {
  const { size } = refined
  await output.write('texture.png', png)
  const exported = await exportFace({
    mesh: capture.mesh,
    texture: textureSize ? refined.texture : png,
    size: textureSize,
    format,
    codec: sharpCodec,
  })
  await output.write('face.glb', exported.glb)
  if (textureSize) await output.write(`texture-${textureSize}.png`, exported.png)
  await output.write('record.json', `${JSON.stringify(record, null, 2)}\n`)
  const { view } = capture
  await output.write('photo.png', await encodePng(toBytes(view.photo), view.size, view.size, 'rgb'))
  await output.write('sampled.png', await texturePng(capture.sampled, size))
  await output.write('content.png', await texturePng(problem.content, size))
  await output.write('weight.png', await weightPng(capture.weight, size))
  return record
}
