import { basename, join } from 'node:path'
import { CommandError } from '../../../client/cli/command-error.ts'
import type { Sample } from '../types.ts'
import { contents, folderNamed, imageFiles, isFolder, needFolder, stem } from './image-files.ts'

/**
 * Flickr-Faces-HQ (Karras et al. 2019) as its download script lays it out: `images1024x1024/00000/00000.png` to
 * `69000/69999.png`. Where that folder is absent: numbered files in `dir` itself, then `in-the-wild-images`, then
 * `thumbnails128x128`. The data set knows no identities: every number is a subject. ffhq-dataset-v2.json isn't needed.
 *
 * @throws CommandError where none of them is there.
 */
export async function ffhq(dir: string): Promise<Sample[]> {
  await needFolder(dir)
  const folders = [
    await folderNamed(dir, 'images1024x1024'),
    dir,
    await folderNamed(dir, 'in-the-wild-images'),
    await folderNamed(dir, 'thumbnails128x128'),
  ]
  for (const folder of folders) {
    const samples = folder ? await numbered(folder) : []
    if (samples.length > 0) return samples
  }
  throw new CommandError(
    `${dir} is not FFHQ: looked for images1024x1024/00000/00000.png, 00000.png, in-the-wild-images and thumbnails128x128, found ${await contents(dir)}. The data set comes from its own site (NVlabs, ffhq-dataset, with a download script).`,
  )
}

/** `00000.png` in the folder, or in its folders `00000`, `01000`, ... */
async function numbered(folder: string): Promise<Sample[]> {
  const direct = await imageFiles(folder, 0)
  const nested: string[] = []
  if (direct.length === 0) {
    for (let thousand = 0; thousand < 70_000; thousand += 1000) {
      const part = join(folder, String(thousand).padStart(5, '0'))
      if (await isFolder(part)) nested.push(...(await imageFiles(part, 0)))
    }
  }
  return [...direct, ...nested]
    .filter((path) => /^\d{5}\.(png|jpe?g|webp)$/i.test(basename(path)))
    .map((path) => ({ name: stem(path), subject: stem(path), path }))
}
