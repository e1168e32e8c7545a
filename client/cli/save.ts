import type { RunRecord } from '../../worker/record.ts'
import { faceGlb } from '../result/glb.ts'
import { encodePng, texturePng, toBytes, weightPng } from '../result/png.ts'
import { record } from '../result/record.ts'
import type { OutputFolder } from './output-folder.ts'
import type { Run } from './refine-photo.ts'

/** Writes the results of a run and what they came from. Nothing shows in the folder before its `commit`. */
export async function save(run: Run, output: OutputFolder): Promise<RunRecord> {
  const { capture, problem, refined } = run
  const { size } = refined
  const png = await texturePng(refined.texture, size)
  const facts = await record({ ...run, png })
  await output.write('texture.png', png)
  await output.write('face.glb', await faceGlb({ mesh: capture.mesh, png }))
  await output.write('record.json', `${JSON.stringify(facts, null, 2)}\n`)
  const { view } = capture
  await output.write('photo.png', await encodePng(toBytes(view.photo), view.size, view.size, 'rgb'))
  await output.write('sampled.png', await texturePng(capture.sampled, size))
  await output.write('content.png', await texturePng(problem.content, size))
  await output.write('weight.png', await weightPng(capture.weight, size))
  return facts
}
