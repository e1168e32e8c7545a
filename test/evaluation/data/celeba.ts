import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CommandError } from '../../../client/cli/command-error.ts'
import type { Sample } from '../types.ts'
import { contents, folderNamed, imageFiles, needFolder, stem } from './image-files.ts'

/** The largest pictures first: 1024^2, then as found on the web, then aligned at 178 x 218. */
const highQuality = ['CelebA-HQ-img', 'celeba-1024']
const folders = [...highQuality, 'img_celeba', 'img_align_celeba']

/**
 * CelebA (Liu et al. 2015) or CelebA-HQ (Karras et al. 2018; Lee et al. 2020) in their own layouts, with or without the
 * folder `Img` around. Subjects come from identity_CelebA.txt, here or in `Anno`, and for CelebA-HQ through
 * CelebA-HQ-to-CelebA-mapping.txt as well; a picture without identity is a subject of its own.
 *
 * @param dir the data set's folder, or one of its picture folders
 * @throws CommandError where no picture folder is there.
 */
export async function celeba(dir: string): Promise<Sample[]> {
  await needFolder(dir)
  for (const name of folders) {
    const folder = (await folderNamed(dir, name)) ?? (await folderNamed(dir, join('Img', name)))
    const paths = folder ? await imageFiles(folder, 0) : []
    const pictures = paths.filter((path) => /^\d+\.(jpe?g|png|webp)$/i.test(basename(path)))
    if (pictures.length === 0) continue
    const identities = await identityFiles(dir, highQuality.includes(name))
    return pictures.map((path) => ({
      ...{ name: stem(path), path },
      subject: identities.get(Number(stem(path))) ?? stem(path),
    }))
  }
  throw new CommandError(
    `${dir} is neither CelebA nor CelebA-HQ: looked for pictures in ${folders.join(', ')} (also inside Img), found ${await contents(dir)}. The data sets come from their own sites (CelebA: MMLAB of the Chinese University of Hong Kong; CelebA-HQ: CelebAMask-HQ).`,
  )
}

/** Number of a picture -> identity; empty where a needed file is absent. */
async function identityFiles(dir: string, isHighQuality: boolean): Promise<Map<number, string>> {
  const up = dirname(resolve(dir))
  const places = [dir, join(dir, 'Anno'), up, join(up, 'Anno')]
  const identities = new Map<number, string>()
  for (const [file, identity] of await rows(places, 'identity_CelebA.txt')) {
    if (identity) identities.set(Number.parseInt(file, 10), identity)
  }
  if (!isHighQuality) return identities
  const mapped = new Map<number, string>()
  // idx orig_idx orig_file
  for (const [index, , file] of await rows(places, 'CelebA-HQ-to-CelebA-mapping.txt')) {
    const identity = identities.get(Number.parseInt(file, 10))
    if (identity) mapped.set(Number(index), identity)
  }
  return mapped
}

async function rows(places: string[], name: string): Promise<string[][]> {
  for (const place of places) {
    const text = await readFile(join(place, name), 'utf8').catch(() => null)
    if (text !== null) return text.split('\n').map((line) => line.trim().split(/\s+/))
  }
  return []
}
