import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../../../client/cli/command-error.ts'
import { decodeTexture } from '../../../client/cli/decode.ts'
import type { Sample } from '../types.ts'
import { imageExtensions, needFolder } from './image-files.ts'

/**
 * The complete texture that a folder holds for a photo, by the photo's name: `portrait-1.png` (or .jpg, .jpeg, .webp), or
 * `portrait-1/texture.png` as `npm run refine` writes it.
 *
 * @param dir of --gt, --content or --external
 * @param size N, texels a side
 * @returns N x N x 3, sRGB-encoded, 0..1.
 * @throws CommandError where the folder or the file is missing; CaptureError where it is no image.
 */
export async function textureFor(dir: string, sample: Sample, size: number): Promise<Float32Array> {
  await needFolder(dir)
  const tried = [...imageExtensions.map((extension) => sample.name + extension), `${sample.name}/texture.png`]
  for (const name of tried) {
    const path = join(dir, name)
    const isFile = await stat(path).then(
      (entry) => entry.isFile(),
      () => false,
    )
    if (isFile) return decodeTexture(path, size)
  }
  throw new CommandError(
    `${dir} holds no texture for ${sample.name} (tried ${tried.join(', ')}): add one of these or leave that photo out.`,
  )
}
